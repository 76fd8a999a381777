import type pg from "pg";
import { newId } from "../identity.ts";
import type { FindingRow } from "./finding-row.ts";
import type { SyncPass } from "./sync-pass.ts";
import { IS_WAITING } from "./unreport.ts";

/** A pass that would close more than this share of a scope's active findings, and at least so many, is held. */
const MOST_CLOSED_SHARE = 0.3;
const FEWEST_HELD = 50;

/**
 * Holds those regions of an account that would lose too much at once, or that wait for a person already. Returns the
 * regions. Runs in the transaction that takes the findings out of what the connection reports.
 */
export async function holdMassCloses(
  client: pg.ClientBase,
  pass: SyncPass,
  closing: FindingRow[],
): Promise<Set<string>> {
  const held = new Set<string>();
  for (const [region, findings] of Map.groupBy(closing, (finding) => finding.region)) {
    const isHeld = (await joinHeldClose(client, pass, findings)) || (await holdMassClose(client, pass, findings));
    if (isHeld) held.add(region);
  }
  return held;
}

/** What the connection misses while its scope waits for a person waits with the rest. */
async function joinHeldClose(client: pg.ClientBase, { connection }: SyncPass, closing: FindingRow[]): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE held_close h SET finding_ids = h.finding_ids || $5::uuid[], would_close = cardinality(h.finding_ids || $5::uuid[])
     FROM sync_run r WHERE r.id = h.run_id AND r.connection_id = $4 AND h.state = 'held'
       AND h.account_id = $1 AND h.region = $2 AND h.source = $3`,
    [closing[0]?.account_id, closing[0]?.region, connection.source, connection.id, closing.map(({ id }) => id)],
  );
  return rowCount !== 0;
}

async function holdMassClose(client: pg.ClientBase, pass: SyncPass, closing: FindingRow[]): Promise<boolean> {
  const leaving = closing.filter(({ status }) => status === "active").length;
  if (leaving < FEWEST_HELD) return false;
  const scope = [closing[0]?.account_id, closing[0]?.region, pass.connection.source];
  const { rows } = await client.query<{ active: number }>(
    `SELECT count(*)::int AS active FROM finding
     WHERE account_id = $1 AND region = $2 AND source = $3 AND status = 'active'`,
    scope,
  );
  const active = rows[0]?.active ?? 0;
  if (leaving <= active * MOST_CLOSED_SHARE) return false;
  const ids = closing.map(({ id }) => id);
  await client.query(
    `INSERT INTO held_close (account_id, region, source, id, run_id, active, would_close, finding_ids, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [...scope, newId(), pass.runId, active, ids.length, ids, pass.now],
  );
  return true;
}

/**
 * Brings the mass closes of an account that wait for a person up to date after a whole pass: what was seen again waits
 * no longer, and where nothing is left there is nothing to decide. Returns how many scopes still wait.
 */
export async function refreshHeldCloses(client: pg.ClientBase, pass: SyncPass, accountId: string): Promise<number> {
  const { rows } = await client.query<{ state: string }>(
    `UPDATE held_close AS h SET run_id = $3, finding_ids = w.ids, would_close = cardinality(w.ids),
       state = CASE WHEN cardinality(w.ids) = 0 THEN 'rejected' ELSE 'held' END,
       decided_at = CASE WHEN cardinality(w.ids) = 0 THEN $4::timestamptz END
     FROM (
       SELECT o.id, ARRAY(SELECT f.id FROM finding f WHERE f.account_id = o.account_id AND f.id = ANY (o.finding_ids)
         AND ${IS_WAITING}) AS ids
       FROM held_close o JOIN sync_run r ON r.id = o.run_id
       WHERE o.account_id = $1 AND o.state = 'held' AND r.connection_id = $2
     ) AS w
     WHERE h.id = w.id RETURNING h.state`,
    [accountId, pass.connection.id, pass.runId, pass.now],
  );
  return rows.filter(({ state }) => state === "held").length;
}
