import { findingConditionsSchema } from "#lib/domain/finding-filter.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { SlaCount, SlaStanding, SlaStandingQuery, SlaStates } from "#lib/domain/sla.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, type History, resolveAsOf, toldAt } from "./as-of.ts";
import { toConditionSet } from "./finding-conditions.ts";
import { toAtRiskCondition } from "./finding-predicates.ts";
import { type FindingView, toFindingView } from "./finding-view.ts";
import { IS_RUNNING } from "./issue-conditions.ts";
import { ask } from "./prepared.ts";

/** The first whole day of each time that something is overdue; each ends where the next begins. */
const AGES = [0, 7, 30, 90];
const MOST_LATE = 50;

/** `severity`: null = all of them together, since an issue may have findings of several. */
type StateRow = SlaCount & { severity: Severity | null; state: keyof SlaStates };
type AgeRow = SlaCount & { bucket: number; severity: Severity | null };
type LateRow = SlaCount & { longestDays: number; id: string | null; name: string | null };
type Row = { states: StateRow[]; ages: AgeRow[]; owners: LateRow[]; teams: LateRow[]; accounts: LateRow[] };

/**
 * How the due dates of open findings stand, and who is late, now or as of a moment. Every number is that of the list
 * with the same conditions and `asOf`. Throws AppError for an `asOf` that nothing is known of.
 */
export async function getSlaStanding({ asOf, ...scope }: SlaStandingQuery, now: Date): Promise<SlaStanding> {
  const history = await getHistory();
  const at = asOf === undefined ? history.settledAt : resolveAsOf(asOf, history);
  const told = asOf === undefined ? toldAt(history) : at.toISOString();
  const [row] = told === null ? [] : await ask<Row>(toSql(scope, at, { history, now, isPast: asOf !== undefined }));
  const states = row?.states ?? [];
  return {
    asOf: told,
    all: toStates(states.filter(({ severity }) => severity === null)),
    bySeverity: Object.fromEntries(
      SEVERITIES.map((severity) => [severity, states.filter((row) => row.severity === severity)] as const)
        .filter(([, own]) => own.length > 0)
        .map(([severity, own]) => [severity, toStates(own)]),
    ),
    ages: AGES.map((fromDays, index) => toAge(fromDays, AGES[index + 1], row?.ages.filter(isOf(index)) ?? [])),
    late: {
      owners: (row?.owners ?? []).map(({ id: _, name, ...late }) => ({ userName: name, ...late })),
      teams: (row?.teams ?? []).map(({ id, name, ...late }) => ({ id, name: name ?? "No team", ...late })),
      accounts: (row?.accounts ?? []).map(({ id, name, ...late }) => ({ id: id ?? "", name, ...late })),
    },
  };
}

type Told = { history: History; now: Date; isPast: boolean };

/** While nothing is written, the newest moment is how the findings stand: their history need not be asked. */
function toSql(scope: Omit<SlaStandingQuery, "asOf">, at: Date, { history, now, isPast }: Told): Prisma.Sql {
  const view = toFindingView(isPast || history.hasUnsettled ? at : null);
  const filter = findingConditionsSchema.parse({ ...scope, status: "active" });
  const where = toConditionSet(filter, view, { now, isSampleShown: history.includeSample }).where();
  return Prisma.sql`
    WITH told AS MATERIALIZED (${toToldSql(view, where, at)}), late AS (SELECT * FROM told WHERE state = 'overdue')
    SELECT
      (SELECT coalesce(json_agg(r), '[]') FROM (
        SELECT severity, state, ${COUNTS} FROM told GROUP BY GROUPING SETS ((state), (severity, state))) AS r) AS states,
      (SELECT coalesce(json_agg(r), '[]') FROM (
        SELECT bucket, severity, ${COUNTS}
        FROM (SELECT *, width_bucket(days, ${AGES}::int[]) - 1 AS bucket FROM late) AS l
        GROUP BY GROUPING SETS ((bucket), (bucket, severity))) AS r) AS ages,
      ${toLateSql(Prisma.sql`l.assignee_id::text`, Prisma.sql`(SELECT user_name FROM person WHERE id::text = r.id)`)} AS owners,
      ${toLateSql(TEAM, Prisma.sql`(SELECT name FROM team WHERE id = r.id)`)} AS teams,
      ${toLateSql(Prisma.sql`l.account_id`, Prisma.sql`(SELECT name FROM account WHERE id = r.id)`)} AS accounts`;
}

const COUNTS = Prisma.sql`count(*)::int AS findings, count(DISTINCT issue_id)::int AS issues`;
const TEAM = Prisma.sql`(SELECT team_id FROM lineage_team t WHERE t.account_id = l.account_id AND t.lineage_id = l.lineage_id)`;

/** Each open finding with how its due date stands. At risk is what is in time but for a little while. */
function toToldSql(view: FindingView, where: Prisma.Sql, at: Date): Prisma.Sql {
  const due = Prisma.sql`d.due_at`;
  return Prisma.sql`
    SELECT d.*, floor(extract(epoch FROM ${at}::timestamptz - ${due}) / 86400)::int AS days,
      CASE WHEN ${due} IS NULL THEN 'undated' WHEN ${due} < ${at} THEN 'overdue'
        WHEN k.issue_id IS NOT NULL AND ${toAtRiskCondition(due, at)} THEN 'atRisk' ELSE 'inTime' END AS state
    FROM (
      SELECT f.issue_id, f.account_id, f.lineage_id, f.severity, ${view.assigneeId} AS assignee_id, ${view.dueAt} AS due_at
      FROM ${view.rows} ${view.isTable ? ISSUE : Prisma.empty} ${where}
    ) AS d
    LEFT JOIN (SELECT k.issue_id, k.opened_at FROM ${view.clocks} WHERE ${IS_RUNNING}) AS k ON k.issue_id = d.issue_id`;
}

const ISSUE = Prisma.sql`JOIN issue i ON i.account_id = f.account_id AND i.id = f.issue_id`;

function toLateSql(id: Prisma.Sql, name: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT coalesce(json_agg(json_build_object('id', r.id, 'name', ${name}, 'findings', r.findings,
      'issues', r.issues, 'longestDays', r."longestDays") ORDER BY r.findings DESC, r.id), '[]')
    FROM (SELECT ${id} AS id, ${COUNTS}, max(days)::int AS "longestDays" FROM late l GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MOST_LATE}) AS r)`;
}

const isOf = (index: number) => (row: AgeRow) => row.bucket === index;

function toAge(fromDays: number, next: number | undefined, rows: AgeRow[]): SlaStanding["ages"][number] {
  const { findings = 0, issues = 0 } = rows.find(({ severity }) => severity === null) ?? {};
  const bySeverity = Object.fromEntries(
    rows.flatMap((row) => (row.severity === null ? [] : [[row.severity, row.findings]])),
  );
  return { fromDays, toDays: next === undefined ? null : next - 1, findings, issues, bySeverity };
}

function toStates(rows: StateRow[]): SlaStates {
  const of = (state: keyof SlaStates): SlaCount => {
    const { findings = 0, issues = 0 } = rows.find((row) => row.state === state) ?? {};
    return { findings, issues };
  };
  return { overdue: of("overdue"), atRisk: of("atRisk"), inTime: of("inTime"), undated: of("undated") };
}
