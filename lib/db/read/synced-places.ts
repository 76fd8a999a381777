import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";

/** Where Inspector itself is read, as `account region`; the sample organisation aside. */
export async function listSyncedPlaces(): Promise<Set<string>> {
  const rows = await ask<{ place: string }>(Prisma.sql`
    SELECT account_id || ' ' || region AS place FROM scope
    WHERE source = 'inspector' AND NOT is_sample AND lost_at IS NULL`);
  return new Set(rows.map(({ place }) => place));
}
