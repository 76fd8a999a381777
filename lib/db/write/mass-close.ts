import type pg from "pg";
import { newId } from "../identity.ts";
import type { FindingRow } from "./finding-row.ts";
import type { SyncPass } from "./sync-pass.ts";

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
