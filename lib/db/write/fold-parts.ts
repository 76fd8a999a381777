import { database, inTransaction } from "../database.ts";
import type { Rollup } from "./rollup.ts";
import { FOLDING, PARTED_ROLLUPS } from "./rollups.ts";

const MOST_AT_ONCE = 20_000;

/**
 * Puts together what transactions have appended to the rollups that accounts share, so that a count stays the sum of a
 * few rows. Counts are the same before, meanwhile and after, and no writer waits. Does nothing while another does it.
 */
export async function foldParts(signal: AbortSignal): Promise<void> {
  for (const rollup of PARTED_ROLLUPS) {
    while ((await foldSome(rollup)) === MOST_AT_ONCE) signal.throwIfAborted();
  }
  await clearFixed();
}

/** A fix that closes nothing any more is no fix. One that a writer is counting at the moment is left for the next time. */
async function clearFixed(): Promise<void> {
  await database().pool.query(
    `DELETE FROM fix_cube x USING (SELECT ctid FROM fix_cube WHERE n = 0 LIMIT $1 FOR UPDATE SKIP LOCKED) AS nothing
     WHERE x.ctid = nothing.ctid`,
    [MOST_AT_ONCE],
  );
}

/** Returns how many parts it found, at most as many as it takes at once. */
async function foldSome({ table, keys }: Rollup): Promise<number> {
  const names = keys.join(", ");
  return await inTransaction(async (client) => {
    const { rows: locks } = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_xact_lock($1) AS taken", [
      FOLDING,
    ]);
    if (!locks[0]?.taken) return 0;
    // Every row of a key goes, what was put together before included; their sum comes, unless it is nothing.
    const { rows } = await client.query<{ found: number }>(
      `WITH found AS MATERIALIZED (SELECT ${names} FROM ${table} WHERE part > 0 LIMIT $1),
         gone AS (
           DELETE FROM ${table} AS t USING (SELECT DISTINCT ${names} FROM found) AS k
           WHERE ${keys.map((key) => `t.${key} = k.${key}`).join(" AND ")}
           RETURNING ${keys.map((key) => `t.${key}`).join(", ")}, t.n
         ), folded AS (
           INSERT INTO ${table} (${names}, part, n) SELECT ${names}, 0, sum(n) FROM gone GROUP BY ${names} HAVING sum(n) <> 0
         )
       SELECT count(*)::int AS found FROM found`,
      [MOST_AT_ONCE],
    );
    return rows[0]?.found ?? 0;
  });
}
