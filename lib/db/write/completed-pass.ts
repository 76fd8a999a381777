import type pg from "pg";
import type { SyncPass } from "./sync-run.ts";

/**
 * Records that a pass read its scopes to the end: those it saw, and those that its connection covers without a word
 * about them this time (an account whose last finding is gone is still known).
 */
export async function saveCompletedPass(client: pg.ClientBase, pass: SyncPass): Promise<void> {
  const { id, number, source, isSample } = pass.connection;
  const seen = [...pass.scopes].map((scope) => scope.split("\0"));
  // Silence proves nothing before the pass has closed what it did not see.
  const isWhole = pass.heldScopes !== null;
  const whole = isWhole ? pass.now : null;
  await client.query(
    `INSERT INTO scope AS s (account_id, region, source, is_sample, connections, first_whole_pass_at, last_whole_pass_at, last_pass_at)
     SELECT account_id, region, $3, $4, ARRAY[$5::int], $6::timestamptz, $6, $7
     FROM (
       SELECT * FROM unnest($1::text[], $2::text[]) AS seen (account_id, region)
       UNION
       SELECT account_id, region FROM scope WHERE source = $3 AND $5 = ANY (connections)
     ) AS covered ORDER BY account_id, region
     ON CONFLICT (account_id, region, source) DO UPDATE SET
       connections = ARRAY(SELECT DISTINCT unnest(s.connections || EXCLUDED.connections) ORDER BY 1),
       first_whole_pass_at = CASE WHEN s.lost_at IS NULL THEN coalesce(s.first_whole_pass_at, EXCLUDED.first_whole_pass_at)
         ELSE EXCLUDED.first_whole_pass_at END,
       last_whole_pass_at = greatest(s.last_whole_pass_at, EXCLUDED.last_whole_pass_at),
       last_pass_at = greatest(s.last_pass_at, EXCLUDED.last_pass_at),
       failure = NULL,
       lost_at = CASE WHEN EXCLUDED.last_whole_pass_at IS NULL THEN s.lost_at END`,
    [seen.map(([account]) => account), seen.map(([, region]) => region), source, isSample, number, whole, pass.now],
  );
  await client.query(
    `INSERT INTO scope_pass (account_id, region, source, recorded_at, connection_id, mode)
     SELECT account_id, region, source, $3, $4, $5 FROM scope WHERE source = $1 AND $2 = ANY (connections)
     ON CONFLICT DO NOTHING`,
    [source, number, pass.now, id, isWhole ? "whole" : "incremental"],
  );
  await client.query(
    `UPDATE connection SET failure = NULL, last_pass_at = greatest(last_pass_at, $2),
       last_whole_pass_at = greatest(last_whole_pass_at, $3::timestamptz) WHERE id = $1`,
    [id, pass.now, whole],
  );
}
