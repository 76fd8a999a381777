import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { database } from "../database.ts";

type Row = {
  kind: "aws" | "sarif" | "person" | "rule";
  reason: string | null;
  expires_at: Date | null;
  until_fix: boolean;
  created_at: Date;
  user_name: string | null;
  grounds: FindingWithDetail["suppressions"][number]["grounds"];
};

const BY = { aws: "source", sarif: "source", person: "person", rule: "rule" } as const;

/** What sets a finding aside, oldest first; empty = nothing does. */
export async function listSuppressions(
  accountId: string,
  findingId: string,
): Promise<FindingWithDetail["suppressions"]> {
  const { rows } = await database().pool.query<Row>(
    `SELECT h.kind, h.reason, h.expires_at, h.until_fix, h.created_at, p.user_name, d.act ->> 'grounds' AS grounds
     FROM finding_hold h LEFT JOIN person p ON p.id = h.created_by
     LEFT JOIN triage_decision d ON d.id = CASE WHEN h.kind = 'person' THEN h.key::uuid END
     WHERE h.account_id = $1 AND h.finding_id = $2 ORDER BY h.created_at, h.kind`,
    [accountId, findingId],
  );
  return rows.map((row) => ({
    by: BY[row.kind],
    grounds: row.grounds,
    reason: row.reason,
    until: row.until_fix ? ("fix" as const) : (row.expires_at?.toISOString() ?? null),
    userName: row.user_name,
    at: row.created_at.toISOString(),
  }));
}

/** A person's severity, with its reason; null = the source's own counts. */
export async function findSeverityOverride(
  accountId: string,
  findingId: string,
): Promise<FindingWithDetail["severityOverride"]> {
  const { rows } = await database().pool.query<{ reason: string; user_name: string; created_at: Date }>(
    `SELECT o.reason, p.user_name, o.created_at FROM severity_override o JOIN person p ON p.id = o.created_by
     WHERE o.account_id = $1 AND o.finding_id = $2`,
    [accountId, findingId],
  );
  const [row] = rows;
  return row ? { reason: row.reason, userName: row.user_name, at: row.created_at.toISOString() } : null;
}
