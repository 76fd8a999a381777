import { v7 as uuidv7 } from "uuid";
import { database } from "#lib/db/database.ts";

/** Somebody who can sign in. */
export async function aPerson({ userName = "priya", role = "admin" } = {}): Promise<{ id: string; userName: string }> {
  const id = uuidv7();
  await database().prisma.person.create({ data: { id, userName, role, createdAt: new Date("2026-01-01T00:00:00Z") } });
  return { id, userName };
}
