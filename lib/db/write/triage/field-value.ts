import type pg from "pg";
import type { TriageAct } from "#lib/domain/triage-act.ts";
import { type Hold, isOfIssue, type Override, type TriageField, type TriageRow, targetOf } from "./triage-row.ts";

/** What stands for a field of a finding or its issue; null = nothing. Kept as JSON, so that an undo can bring it back. */
export type FieldValue =
  | { field: "assignee"; value: string | null }
  | { field: "due"; value: string | null }
  | { field: "severity"; value: Override | null }
  | { field: "suppression"; value: Hold | null }
  | { field: "comment"; value: null };

export type Decided = { id: string; act: TriageAct; assigneeId: string | null; madeBy: string; now: Date };

export function presentValue(field: TriageField, row: TriageRow): FieldValue["value"] {
  const values = {
    assignee: row.assignee_id,
    due: row.person_due_at?.toISOString() ?? null,
    severity: row.override,
    suppression: row.hold,
    comment: null,
  };
  return values[field];
}

/** What an act makes of a finding. */
export function decidedValue({ id, act, assigneeId, madeBy, now }: Decided, row: TriageRow): FieldValue {
  const key = { account_id: row.account_id, finding_id: row.id };
  const made = { created_at: now.toISOString(), created_by: madeBy };
  switch (act.kind) {
    case "assign":
      return { field: "assignee", value: assigneeId };
    case "due":
      return { field: "due", value: act.dueAt };
    case "severity":
      return {
        field: "severity",
        value: act.severity === null ? null : { ...key, severity: act.severity, reason: act.reason, ...made },
      };
    case "suppress": {
      const isUntilFix = act.until === "fix";
      const until = { expires_at: isUntilFix ? null : act.until, until_fix: isUntilFix };
      return {
        field: "suppression",
        value: { ...key, kind: "person", key: id, reason: act.reason, ...until, ...made },
      };
    }
    case "unsuppress":
      return { field: "suppression", value: null };
    case "comment":
      return { field: "comment", value: null };
  }
}

/** What an undo brings back. A suppression until a fix exists does not come back once there is one. */
export function formerValue(field: TriageField, row: TriageRow, before: unknown): FieldValue {
  // `before` was written by this module, for the same field.
  const former = { field, value: before } as FieldValue;
  if (former.field === "suppression" && former.value?.until_fix && row.fix_available === "yes") {
    return { field: "suppression", value: null };
  }
  return former;
}

export type Setting = { row: TriageRow; next: FieldValue };

/** Writes the values of one field. */
export async function saveFieldValues(client: pg.ClientBase, field: TriageField, settings: Setting[]): Promise<void> {
  if (settings.length === 0 || field === "comment") return;
  const keys = [
    settings.map(({ row }) => row.account_id),
    settings.map(({ row }) => (isOfIssue(field) ? targetOf(field, row) : row.id)),
  ];
  const values = settings.map(({ next }) => next.value);
  if (field === "assignee" || field === "due") {
    // Without a person's date the policy's counts.
    const [set, type] =
      field === "assignee"
        ? ["assignee_id = s.value", "uuid"]
        : ["person_due_at = s.value, due_at = coalesce(s.value, i.policy_due_at)", "timestamptz"];
    await client.query(
      `UPDATE issue i SET ${set} FROM unnest($1::text[], $2::uuid[], $3::${type}[]) AS s (account_id, id, value)
       WHERE i.account_id = s.account_id AND i.id = s.id`,
      [...keys, values],
    );
    return;
  }
  const [table, more] = field === "severity" ? ["severity_override", ""] : ["finding_hold", "AND t.kind = 'person'"];
  await client.query(
    `DELETE FROM ${table} t USING unnest($1::text[], $2::uuid[]) AS s (account_id, id)
     WHERE t.account_id = s.account_id AND t.finding_id = s.id ${more}`,
    keys,
  );
  if (values.every((value) => value === null)) return;
  await client.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1)`, [
    JSON.stringify(values.filter((value) => value !== null)),
  ]);
}
