import type pg from "pg";
import type { FindingStatus, SourceName } from "#lib/domain/finding.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { Standing, TriageActKind } from "#lib/domain/triage-act.ts";

/** What a decision is about: two of the same field get in each other's way, others do not. */
export type TriageField = "assignee" | "due" | "severity" | "suppression" | "comment";

export const FIELD_OF: Record<TriageActKind, TriageField> = {
  assign: "assignee",
  due: "due",
  severity: "severity",
  suppress: "suppression",
  unsuppress: "suppression",
  comment: "comment",
};

/** Assignee and due date are an issue's, the rest a finding's. */
export function isOfIssue(field: TriageField): boolean {
  return field === "assignee" || field === "due";
}

/** A row of finding_hold, as JSON; instants are text. */
export type Hold = {
  account_id: string;
  finding_id: string;
  kind: "person";
  key: string;
  reason: string;
  expires_at: string | null;
  until_fix: boolean;
  created_at: string;
  created_by: string;
};
/** A row of severity_override, as JSON. */
export type Override = {
  account_id: string;
  finding_id: string;
  severity: Severity;
  reason: string;
  created_at: string;
  created_by: string;
};

/**
 * A finding as decisions about one field see it: what other fields need is null. `last_…`: the last decision about the
 * field that was not undone.
 */
export type TriageRow = {
  account_id: string;
  id: string;
  issue_id: string;
  lineage_id: string;
  source: SourceName;
  type: string;
  status: FindingStatus;
  source_status: FindingStatus;
  severity: Severity;
  source_severity: Severity;
  score: number | null;
  rank: number;
  fix_available: string;
  exploit_available: string;
  known_exploited: boolean;
  updated_at: Date;
  is_sample: boolean;
  assignee_id: string | null;
  assignee: string | null;
  person_due_at: Date | null;
  issue_open_findings: number | null;
  /** Whether a rule holds it. */
  is_ruled: boolean | null;
  hold: Hold | null;
  override: Override | null;
  last_number: number;
  last_decision_id: string | null;
};

const NOTHING = {
  assignee_id: "NULL::uuid",
  assignee: "NULL::text",
  person_due_at: "NULL::timestamptz",
  issue_open_findings: "NULL::int",
  is_ruled: "NULL::bool",
  hold: "NULL::jsonb",
  override: "NULL::jsonb",
};
const OF_ISSUE = {
  assignee_id: "i.assignee_id",
  assignee: "(SELECT user_name FROM person WHERE id = i.assignee_id)",
  person_due_at: "i.person_due_at",
  issue_open_findings: "i.open_findings",
};
const OF_FINDING = "WHERE account_id = f.account_id AND finding_id = f.id";

/** What stands for a field, a look-up each: of a hundred thousand findings nothing is read that the field does not need. */
const STANDING: Record<TriageField, Partial<typeof NOTHING>> = {
  assignee: OF_ISSUE,
  due: OF_ISSUE,
  severity: { override: `(SELECT to_jsonb(o) FROM severity_override o ${OF_FINDING})` },
  suppression: {
    is_ruled: `EXISTS (SELECT 1 FROM finding_hold ${OF_FINDING} AND kind = 'rule')`,
    hold: `(SELECT to_jsonb(h) FROM finding_hold h ${OF_FINDING} AND kind = 'person' LIMIT 1)`,
  },
  comment: {},
};

/** Joins to a finding `f` the last decision `l` about the field that was not undone. */
export function joinLastDecision(field: TriageField): string {
  return `LEFT JOIN LATERAL (
       SELECT t.number, t.decision_id FROM triage_target t
       WHERE t.account_id = f.account_id AND t.target_id = ${isOfIssue(field) ? "f.issue_id" : "f.id"} AND t.field = '${field}' AND NOT t.is_undone
       ORDER BY t.number DESC LIMIT 1
     ) AS l ON true`;
}

type RowQuery = { field: TriageField; from: string; values: unknown[] };

/** The findings of `from` (over `finding f`), with what stands for the field. */
async function selectTriageRows(client: pg.ClientBase | pg.Pool, { field, from, values }: RowQuery) {
  const standing = Object.entries({ ...NOTHING, ...STANDING[field] }).map(([name, sql]) => `${sql} AS ${name}`);
  const isIssues = isOfIssue(field);
  const { rows } = await client.query<TriageRow>(
    `SELECT f.account_id, f.id, f.issue_id, f.lineage_id, f.source, f.type, f.status, f.source_status, f.severity,
       f.source_severity, f.score, f.rank, f.fix_available, f.exploit_available, f.known_exploited, f.updated_at,
       f.is_sample, ${standing.join(", ")},
       coalesce(l.number, 0)::float8 AS last_number, l.decision_id AS last_decision_id
     FROM ${from}
     ${isIssues ? "JOIN issue i ON i.account_id = f.account_id AND i.id = f.issue_id" : ""}
     ${joinLastDecision(field)}
     ORDER BY f.account_id, f.id`,
    values,
  );
  return rows;
}

/** The findings with these ids that there are, in order of account and id. */
export async function listTriageRows(
  client: pg.ClientBase | pg.Pool,
  field: TriageField,
  ids: string[],
): Promise<TriageRow[]> {
  return await selectTriageRows(client, {
    field,
    from: "unnest($1::uuid[]) AS n (id) JOIN finding f ON f.id = n.id",
    values: [ids],
  });
}

/** Every finding of the issues of these. */
export async function listTriageRowsOfIssues(
  client: pg.ClientBase,
  field: TriageField,
  rows: TriageRow[],
): Promise<TriageRow[]> {
  const issues = [...new Map(rows.map((row) => [row.issue_id, row])).values()];
  return await selectTriageRows(client, {
    field,
    from: `unnest($1::text[], $2::uuid[]) AS n (account_id, issue_id)
      JOIN finding f ON f.account_id = n.account_id AND f.issue_id = n.issue_id`,
    values: [issues.map(({ account_id }) => account_id), issues.map(({ issue_id }) => issue_id)],
  });
}

/** What the decision is recorded of. */
export function targetOf(field: TriageField, row: TriageRow): string {
  return isOfIssue(field) ? row.issue_id : row.id;
}

export function toStanding(row: TriageRow): Standing {
  return {
    status: row.status,
    severity: row.severity,
    severityOverride: row.override?.severity ?? null,
    fixAvailable: row.fix_available,
    isSuppressedByPerson: row.hold !== null,
    assignee: row.assignee,
    dueAt: row.person_due_at,
  };
}
