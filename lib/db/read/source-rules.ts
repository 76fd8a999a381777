import type { SourceRules } from "#lib/domain/source-rule.ts";
import { syncFailureSchema } from "#lib/domain/sync-run.ts";
import { database } from "../database.ts";
import { IS_SAMPLE_SHOWN } from "./sample-visibility.ts";

type Row = Omit<SourceRules["items"][number], "updatedAt"> & { updated_at: Date };

/** The rules by which sources suppress for themselves, by account, name and region; and whose could not be read. */
export async function listSourceRules(): Promise<SourceRules> {
  const { pool } = database();
  const isShown = `c.disconnected_at IS NULL AND (NOT c.is_sample OR ${IS_SAMPLE_SHOWN.text})`;
  const { rows } = await pool.query<Row>(
    `SELECT c.name AS "connectionName", c.region, r.arn, r.account_id AS "accountId", a.name AS "accountName", r.name,
       r.criteria, r.as_ours AS "asOurs", r.reason, r.description, r.updated_at
     FROM source_rule r JOIN connection c ON c.id = r.connection_id LEFT JOIN account a ON a.id = r.account_id
     WHERE ${isShown} ORDER BY coalesce(a.name, r.account_id), r.name, c.region, r.arn`,
  );
  const { rows: unread } = await pool.query<{ connectionName: string; region: string; failure: unknown }>(
    `SELECT c.name AS "connectionName", c.region, c.rules_failure AS failure FROM connection c
     WHERE ${isShown} AND c.rules_failure IS NOT NULL ORDER BY c.name, c.region`,
  );
  const { rows: counted } = await pool.query<{ suppressed: number }>(
    `SELECT count(*)::int AS suppressed FROM finding_hold h JOIN finding f ON f.account_id = h.account_id AND f.id = h.finding_id
     WHERE h.kind = 'aws' AND f.status = 'suppressed' AND f.source = 'inspector' AND (NOT f.is_sample OR ${IS_SAMPLE_SHOWN.text})`,
  );
  return {
    items: rows.map(({ updated_at: updatedAt, ...rule }) => ({ ...rule, updatedAt: updatedAt.toISOString() })),
    unread: unread.map((one) => ({ ...one, failure: syncFailureSchema.parse(one.failure) })),
    suppressed: counted[0]?.suppressed ?? 0,
  };
}
