import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";

type Row = {
  kind: "aws" | "sarif" | "person" | "rule";
  reason: string | null;
  expires_at: Date | null;
  until_fix: boolean;
  created_at: Date;
  user_name: string | null;
  grounds: FindingWithDetail["suppressions"][number]["grounds"];
  rule_id: string | null;
};

const BY = { aws: "source", sarif: "source", person: "person", rule: "rule" } as const;

/** What sets a finding aside, oldest first; empty = nothing does. Of a rule, what it says by now and who looks after it. */
export async function listSuppressions(
  accountId: string,
  findingId: string,
): Promise<FindingWithDetail["suppressions"]> {
  const rows = await ask<Row>(Prisma.sql`
    SELECT h.kind, coalesce(h.reason, v.reason) AS reason, coalesce(h.expires_at, v.expires_at) AS expires_at,
      h.until_fix, h.created_at, p.user_name, coalesce(d.act ->> 'grounds', v.grounds) AS grounds, v.rule_id
    FROM finding_hold h
    LEFT JOIN triage_decision d ON d.id = CASE WHEN h.kind = 'person' THEN h.key::uuid END
    LEFT JOIN exception_rule r ON r.id = CASE WHEN h.kind = 'rule' THEN h.key::uuid END
    LEFT JOIN exception_version v ON v.rule_id = r.id AND v.number = r.live
    LEFT JOIN person p ON p.id = coalesce(h.created_by, v.owner_id)
    WHERE h.account_id = ${accountId} AND h.finding_id = ${findingId}::uuid ORDER BY h.created_at, h.kind`);
  return rows.map((row) => ({
    by: BY[row.kind],
    grounds: row.grounds,
    reason: row.reason,
    until: row.until_fix ? ("fix" as const) : (row.expires_at?.toISOString() ?? null),
    userName: row.user_name,
    at: row.created_at.toISOString(),
    ruleId: row.rule_id,
  }));
}

/** A person's severity, with its reason; null = the source's own counts. */
export async function findSeverityOverride(
  accountId: string,
  findingId: string,
): Promise<FindingWithDetail["severityOverride"]> {
  const [row] = await ask<{ reason: string; user_name: string; created_at: Date }>(Prisma.sql`
    SELECT o.reason, p.user_name, o.created_at FROM severity_override o JOIN person p ON p.id = o.created_by
    WHERE o.account_id = ${accountId} AND o.finding_id = ${findingId}::uuid`);
  return row ? { reason: row.reason, userName: row.user_name, at: row.created_at.toISOString() } : null;
}
