import type pg from "pg";
import { database, inTransaction } from "../database.ts";
import { inAccounts } from "./write-transaction.ts";

const MOST_AT_ONCE = 5_000;

/** Rows that hang on a finding, by the column that names it. */
const OF_FINDING = {
  finding_raw: "finding_id",
  finding_package: "finding_id",
  finding_hold: "finding_id",
  severity_override: "finding_id",
  triage_target: "target_id",
  finding_version: "finding_id",
  lifecycle_event: "finding_id",
  finding: "id",
} as const;

/** What an account leaves behind when its findings are gone. */
const OF_ACCOUNT = [
  "triage_target",
  "ticket",
  "hand_over",
  "issue_clock",
  "issue",
  "resource",
  "coverage",
  "lineage_team",
  "scope_pass",
  "scope",
  "finding_cube",
  "fix_cube",
  "place_cube",
  "account_cube",
  "team_account_cube",
  "day_delta_lineage",
  "day_delta_account",
  "day_delta_team",
  "day_delta_resource_type",
  "open_cohort",
  "remediation_histogram",
  "open_age",
  "issue_fix",
  "fixed_finding",
  "due_delta",
  "due_open",
  "due_fix",
] as const;

/**
 * Deletes the sample organisation: its findings with their history, its accounts, its connections, and the
 * vulnerabilities that only it told of. The rollups follow. In steps: broken off by `signal` or by a kill, it can be called again and goes on.
 * What people uploaded stays.
 */
export async function removeSampleRows(signal: AbortSignal): Promise<void> {
  // A pass that is still running would write on; its fence stops it.
  await database().pool.query(
    `UPDATE sync_run SET state = 'cancelled', finished_at = clock_timestamp() WHERE is_sample AND state IN ('queued', 'running')`,
  );
  // A scope without a single finding has no account.
  const { rows } = await database().pool.query<{ id: string }>(
    "SELECT id FROM account WHERE is_sample UNION SELECT account_id FROM scope WHERE is_sample ORDER BY id",
  );
  for (const { id } of rows) {
    while (await deleteFindings(id)) signal.throwIfAborted();
    await deleteAccount(id);
    signal.throwIfAborted();
  }
  await inTransaction(async (client) => {
    await client.query("DELETE FROM connection WHERE is_sample");
    await client.query("DELETE FROM day_delta_organisation WHERE is_sample");
    await client.query("DELETE FROM day_delta_resource_type_organisation WHERE is_sample");
    // A place that changed hands while this was broken off left its issues' clocks behind: it had no finding any more.
    await client.query("DELETE FROM open_cohort_team WHERE is_sample; DELETE FROM remediation_team WHERE is_sample");
    // A real source that names one of them has made it its own before it writes a finding of it. The names of packages
    // stay: they are nobody's.
    await client.query("DELETE FROM vulnerability WHERE is_sample");
    await client.query(
      "DELETE FROM finding_title t WHERE NOT EXISTS (SELECT FROM vulnerability v WHERE v.id = t.vulnerability_id)",
    );
    await client.query(
      `DELETE FROM finding_path p WHERE NOT EXISTS (
         SELECT FROM finding f WHERE f.type <> 'package' AND md5(f.path)::uuid = p.digest)`,
    );
  });
}

/** Deletes some of an account's sample findings. Returns whether there may be more. */
async function deleteFindings(accountId: string): Promise<boolean> {
  return await inAccounts("inspector", [accountId], async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "SELECT id FROM finding WHERE account_id = $1 AND is_sample LIMIT $2",
      [accountId, MOST_AT_ONCE],
    );
    const ids = rows.map(({ id }) => id);
    for (const [table, column] of Object.entries(OF_FINDING)) {
      await client.query(`DELETE FROM ${table} WHERE account_id = $1 AND ${column} = ANY ($2)`, [accountId, ids]);
    }
    return rows.length === MOST_AT_ONCE;
  });
}

/** An account of the sample that a real source reports too is from then on that source's. */
async function deleteAccount(accountId: string): Promise<void> {
  await inAccounts("inspector", [accountId], async (client) => {
    const { rowCount: kept } = await client.query("SELECT 1 FROM finding WHERE account_id = $1 LIMIT 1", [accountId]);
    if (kept) return await keepAccount(client, accountId);
    for (const table of OF_ACCOUNT) await client.query(`DELETE FROM ${table} WHERE account_id = $1`, [accountId]);
    await client.query("DELETE FROM same_problem WHERE account_id = $1 OR other_account_id = $1", [accountId]);
    await client.query("DELETE FROM account WHERE id = $1", [accountId]);
  });
}

async function keepAccount(client: pg.ClientBase, accountId: string): Promise<void> {
  await client.query("UPDATE account SET is_sample = false WHERE id = $1", [accountId]);
  await client.query(
    `DELETE FROM scope s WHERE s.account_id = $1 AND NOT EXISTS (
       SELECT 1 FROM connection c WHERE NOT c.is_sample AND c.source = s.source AND c.number = ANY (s.connections))`,
    [accountId],
  );
  await client.query("UPDATE scope SET is_sample = false WHERE account_id = $1", [accountId]);
  await client.query(
    "DELETE FROM scope_pass WHERE account_id = $1 AND connection_id IN (SELECT id FROM connection WHERE is_sample)",
    [accountId],
  );
}
