import type pg from "pg";
import { database } from "../database.ts";
import type { SyncPass } from "./sync-pass.ts";

export type ScopeName = { accountId: string; region: string };

/** Which of these the connection is not yet known to cover, each once. */
export async function listUncoveredScopes({ connection }: SyncPass, scopes: Iterable<ScopeName>): Promise<ScopeName[]> {
  const told = new Map<string, ScopeName>();
  for (const { accountId, region } of scopes) told.set(`${accountId}\0${region}`, { accountId, region });
  const { rows } = await database().pool.query<{ account_id: string; region: string }>(
    "SELECT account_id, region FROM scope WHERE source = $1 AND $2 = ANY (connections)",
    [connection.source, connection.number],
  );
  for (const { account_id, region } of rows) told.delete(`${account_id}\0${region}`);
  return [...told.values()];
}

/** Notes that the connection covers these scopes, from its first word about them on. */
export async function saveCoveredScopes(
  client: pg.ClientBase,
  { connection }: SyncPass,
  scopes: ScopeName[],
): Promise<void> {
  if (scopes.length === 0) return;
  await client.query(
    `INSERT INTO scope AS s (account_id, region, source, is_sample, connections)
     SELECT account_id, region, $3, $4, ARRAY[$5::int] FROM unnest($1::text[], $2::text[]) AS told (account_id, region)
     ORDER BY account_id, region
     ON CONFLICT (account_id, region, source) DO UPDATE SET
       connections = ARRAY(SELECT DISTINCT unnest(s.connections || EXCLUDED.connections) ORDER BY 1)`,
    [
      scopes.map(({ accountId }) => accountId),
      scopes.map(({ region }) => region),
      connection.source,
      connection.isSample,
      connection.number,
    ],
  );
}

/**
 * Records that a pass read every scope of its connection to the end, also those that it had nothing to say about. It is
 * appended: a row is changed only where the pass made something known that was not.
 */
export async function saveCompletedPass(client: pg.ClientBase, pass: SyncPass): Promise<void> {
  const { id, number, source } = pass.connection;
  // Silence proves nothing before the pass has closed what it did not see.
  const isWhole = pass.heldScopes !== null;
  // Each pass over a scope is recorded by itself: the trigger compares it with its neighbours.
  await client.query(
    "SELECT 1 FROM scope WHERE source = $1 AND $2 = ANY (connections) ORDER BY account_id, region FOR UPDATE",
    [source, number],
  );
  await client.query(
    // A scope that was lost and is found again begins anew.
    `UPDATE scope SET first_whole_pass_at = $3, lost_at = NULL
     WHERE source = $1 AND $2 = ANY (connections) AND $4 AND (first_whole_pass_at IS NULL OR lost_at IS NOT NULL)`,
    [source, number, pass.now, isWhole],
  );
  await client.query(
    `INSERT INTO scope_pass (account_id, region, source, recorded_at, connection_id, mode)
     SELECT account_id, region, source, $3, $4, $5 FROM scope WHERE source = $1 AND $2 = ANY (connections)
     ON CONFLICT DO NOTHING`,
    [source, number, pass.now, id, isWhole ? "whole" : "incremental"],
  );
  await client.query(
    `UPDATE connection SET failure = NULL, is_whole_due = is_whole_due AND NOT $2
     WHERE id = $1 AND (failure IS NOT NULL OR is_whole_due AND $2)`,
    [id, isWhole],
  );
}
