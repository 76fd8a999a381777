import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import type { SlaField } from "#lib/domain/sla-words.ts";
import { Prisma } from "../generated/client.ts";
import { POLICY_DUE_JOINS } from "../policy-due.ts";
import { ask } from "./prepared.ts";

type Row = {
  is_person: boolean;
  user_name: string | null;
  field: SlaField;
  severity: number | null;
  exploited: number | null;
  reachable: number | null;
};

/** What the due date of an open issue came of; null where it has none, or has ended. */
export async function findDueReason(accountId: string, issueId: string): Promise<FindingWithDetail["dueBy"]> {
  const [row] = await ask<Row>(Prisma.sql`
    SELECT i.person_due_at IS NOT NULL AS is_person, i.severity AS field, applied.severity, applied.exploited, applied.reachable,
      (SELECT p.user_name FROM triage_target g JOIN triage_decision d ON d.id = g.decision_id JOIN person p ON p.id = d.made_by
        WHERE g.account_id = i.account_id AND g.target_id = i.id AND g.field = 'due' AND NOT g.is_undone
        ORDER BY g.number DESC LIMIT 1) AS user_name
    FROM issue i ${Prisma.raw(POLICY_DUE_JOINS)}
    WHERE i.account_id = ${accountId} AND i.id = ${issueId}::uuid AND i.due_at IS NOT NULL AND i.open_findings > 0`);
  if (!row) return null;
  if (row.is_person) return { kind: "person", userName: row.user_name };
  const applied: [SlaField, number | null][] = [
    [row.field, row.severity],
    ["exploited", row.exploited],
    ["reachable", row.reachable],
  ];
  const set = applied.flatMap(([field, days]) => (days === null ? [] : [{ kind: "policy" as const, field, days }]));
  return set.sort((a, b) => a.days - b.days)[0] ?? null;
}
