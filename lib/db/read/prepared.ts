import { createHash } from "node:crypto";
import type { QueryResultRow } from "pg";
import { database } from "../database.ts";
import type { Prisma } from "../generated/client.ts";

/** How many different statements a connection keeps planned; what comes after them is planned each time. */
const MOST = 200;
const names = new Map<string, string>();

/** Runs a question that is asked again and again: a list's plan takes longer to make than its first page to read. */
export async function ask<Row extends QueryResultRow>(query: Prisma.Sql): Promise<Row[]> {
  const { text, values } = query;
  const { rows } = await database().pool.query<Row>({ name: nameOf(text), text, values });
  return rows;
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST) return known;
  const name = createHash("sha256").update(text).digest("base64url").slice(0, 24);
  names.set(text, name);
  return name;
}
