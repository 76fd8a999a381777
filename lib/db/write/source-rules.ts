import type pg from "pg";
import type { ObservedRule } from "#lib/domain/source-rule.ts";
import type { SyncFailure } from "#lib/domain/sync-run.ts";
import type { SyncPass } from "./sync-pass.ts";
import { holdFence, withoutDeadlocks } from "./write-transaction.ts";

/** Makes a connection's own rules those that were observed, all of them; only what differs is written. */
export async function saveSourceRules(pass: SyncPass, observed: ObservedRule[]): Promise<void> {
  const rows = [...new Map(observed.map((rule) => [rule.arn, rule])).values()].map((rule) => ({
    connection_id: pass.connection.id,
    arn: rule.arn,
    account_id: rule.accountId,
    name: rule.name,
    criteria: rule.criteria,
    reason: rule.reason,
    description: rule.description,
    as_ours: rule.asOurs,
    created_at: rule.createdAt,
    updated_at: rule.updatedAt,
  }));
  await withoutDeadlocks(async (client) => {
    await holdFence(client, pass);
    await client.query("DELETE FROM source_rule WHERE connection_id = $1 AND NOT arn = ANY ($2::text[])", [
      pass.connection.id,
      rows.map(({ arn }) => arn),
    ]);
    await client.query(
      `INSERT INTO source_rule AS r SELECT * FROM jsonb_populate_recordset(NULL::source_rule, $1)
       ON CONFLICT (connection_id, arn) DO UPDATE SET account_id = EXCLUDED.account_id, name = EXCLUDED.name,
         criteria = EXCLUDED.criteria, as_ours = EXCLUDED.as_ours, reason = EXCLUDED.reason, description = EXCLUDED.description,
         created_at = EXCLUDED.created_at, updated_at = EXCLUDED.updated_at
       WHERE r.* IS DISTINCT FROM EXCLUDED.*`,
      [JSON.stringify(rows)],
    );
    await noteFailure(client, pass, null);
  });
}

/** Notes why a connection's own rules could not be read; those that were read before stay. */
export async function saveUnreadRules(pass: SyncPass, failure: SyncFailure): Promise<void> {
  await withoutDeadlocks(async (client) => {
    await holdFence(client, pass);
    await noteFailure(client, pass, failure);
  });
}

async function noteFailure(
  client: pg.ClientBase,
  { connection }: SyncPass,
  failure: SyncFailure | null,
): Promise<void> {
  await client.query(
    "UPDATE connection SET rules_failure = $2 WHERE id = $1 AND rules_failure IS DISTINCT FROM $2::jsonb",
    [connection.id, failure],
  );
}
