import { findingConditionsSchema } from "#lib/domain/finding-filter.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { SlaCount, SlaStanding, SlaStandingQuery, SlaStates } from "#lib/domain/sla.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, type History, resolveAsOf, toldAt } from "./as-of.ts";
import { ofAccounts } from "./due-scope.ts";
import { toConditionSet } from "./finding-conditions.ts";
import { toAtRiskCondition } from "./finding-predicates.ts";
import { type FindingView, toFindingView } from "./finding-view.ts";
import { IS_RUNNING } from "./issue-conditions.ts";
import { ask } from "./prepared.ts";

/** The first whole day of each time that something is overdue; each ends where the next begins. */
const AGES = [0, 7, 30, 90];
const MOST_LATE = 50;
const DAY_MS = 86_400_000;

/** Findings and issues, in all and those of each severity: an issue may have findings of several. */
type CountRow = {
  findings: number;
  issues: number;
  bySeverity: Partial<Record<Severity, [findings: number, issues: number]>>;
};
type StateRow = CountRow & { state: keyof SlaStates };
type AgeRow = CountRow & { bucket: number };
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
    all: toStates(states),
    bySeverity: Object.fromEntries(
      SEVERITIES.map((severity) => [severity, states.flatMap(ofSeverity(severity))] as const)
        .filter(([, own]) => own.length > 0)
        .map(([severity, own]) => [severity, toStates(own)]),
    ),
    ages: AGES.map((fromDays, index) => toAge(fromDays, AGES[index + 1], row?.ages.find(isOf(index)))),
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
    WITH tally AS MATERIALIZED (${toTallySql({ view, where, scope }, at)})
    SELECT
      (SELECT coalesce(json_agg(r), '[]') FROM (SELECT state, ${COUNTS}, ${BY_SEVERITY} FROM tally GROUP BY 1) AS r) AS states,
      (SELECT coalesce(json_agg(r), '[]') FROM (
        SELECT bucket, ${COUNTS}, ${BY_SEVERITY} FROM tally WHERE ${IS_LATE} GROUP BY 1) AS r) AS ages,
      ${toLateSql(Prisma.sql`assignee_id::text`, Prisma.sql`(SELECT user_name FROM person WHERE id::text = r.id)`)} AS owners,
      ${toLateSql(Prisma.sql`team_id`, Prisma.sql`(SELECT name FROM team WHERE id = r.id)`)} AS teams,
      ${toLateSql(Prisma.sql`account_id`, Prisma.sql`(SELECT name FROM account WHERE id = r.id)`)} AS accounts`;
}

type Asked = { view: FindingView; where: Prisma.Sql; scope: Pick<SlaStandingQuery, "accountId"> };

const IS_LATE = Prisma.sql`state = 'overdue'`;
const COUNTS = Prisma.sql`sum(findings)::int AS findings, sum(issues)::int AS issues`;
const ofSeverities = (
  toSql: (names: { findings: Prisma.Sql; issues: Prisma.Sql; severity: Prisma.Sql }) => Prisma.Sql,
) =>
  Prisma.join(
    SEVERITIES.map((severity) =>
      toSql({
        findings: Prisma.raw(`${severity}_findings`),
        issues: Prisma.raw(`${severity}_issues`),
        severity: Prisma.raw(`'${severity}'`),
      }),
    ),
  );
const BY_SEVERITY = Prisma.sql`json_strip_nulls(json_build_object(${ofSeverities(
  ({ findings, issues, severity }) =>
    Prisma.sql`${severity}, CASE WHEN sum(${findings}) > 0 THEN json_build_array(sum(${findings}), sum(${issues})) END`,
)})) AS "bySeverity"`;

/**
 * How many findings and issues stand so, by whatever is told of them: a few rows, from one look at each. At risk is what is
 * in time but for a little while. What differs is grouped by claims: of texts the planner expects as many as there are rows,
 * and sorts them all.
 */
function toTallySql({ view, where, scope }: Asked, at: Date): Prisma.Sql {
  const due = Prisma.sql`d.due_at`;
  const [first, ...later] = AGES.map((days) => new Date(at.getTime() - days * DAY_MS));
  const isLateFor = later.map((since) => Prisma.sql`coalesce(${due} <= ${since}, false)`);
  const isOlder = isLateFor.map((_, index) => Prisma.raw(`is_older_${index}`));
  return Prisma.sql`
    SELECT CASE WHEN NOT is_due THEN 'undated' WHEN is_late THEN 'overdue' WHEN is_at_risk THEN 'atRisk' ELSE 'inTime' END AS state,
      ${Prisma.join(
        isOlder.map((is) => Prisma.sql`${is}::int`),
        " + ",
      )} AS bucket, told.*
    FROM (
      SELECT ${due} IS NOT NULL AS is_due, coalesce(${due} < ${first}, false) AS is_late,
        k.issue_id IS NOT NULL AND coalesce(${toAtRiskCondition(due, at)}, false) AS is_at_risk,
        ${Prisma.join(isLateFor.map((is, index) => Prisma.sql`${is} AS ${isOlder[index]}`))}, d.account_id, d.assignee_id, t.team_id,
        max(floor(extract(epoch FROM ${at}::timestamptz - ${due}) / 86400))::int AS days, sum(n) AS findings, count(*) AS issues,
        ${ofSeverities(({ findings, issues }) => Prisma.sql`sum(${findings}) AS ${findings}, count(*) FILTER (WHERE ${findings} > 0) AS ${issues}`)}
      FROM (${view.isTable ? toPresentIssues({ view, where, scope }) : toPastIssues({ view, where })}) AS d
      LEFT JOIN lineage_team t ON t.account_id = d.account_id AND t.lineage_id = d.lineage_id
      LEFT JOIN (SELECT k.issue_id, k.opened_at FROM ${view.clocks} WHERE ${IS_RUNNING} ${ofAccounts("k", scope)}) AS k
        ON k.issue_id = d.issue_id AND ${due} >= ${at}
      GROUP BY 1, 2, 3, ${Prisma.join(isOlder.map((_, index) => Prisma.raw(`${index + 4}`)))}, d.account_id, d.assignee_id, t.team_id
    ) AS told`;
}

const OF_ISSUE = Prisma.sql`count(*) AS n, ${ofSeverities(
  ({ findings, severity }) => Prisma.sql`count(*) FILTER (WHERE f.severity = ${severity}) AS ${findings}`,
)}`;

/**
 * A row an issue with open findings, all of which are in one account and lineage. Joined by ids alone, which no two
 * accounts share: by the account as well, the planner expects a hundredth of the rows.
 */
const toPresentIssues = ({ view: { rows, assigneeId, dueAt }, where, scope }: Asked) => Prisma.sql`
  SELECT f.*, ${assigneeId}, ${dueAt}
  FROM (SELECT f.account_id, f.issue_id, f.lineage_id, ${OF_ISSUE} FROM ${rows} ${where} GROUP BY 1, 2, 3) AS f
  JOIN issue i ON i.id = f.issue_id ${ofAccounts("i", scope)}`;

/** Assignee and due date are the issue's, which each of its findings' versions carries. */
const toPastIssues = ({ view: { rows }, where }: Omit<Asked, "scope">) => Prisma.sql`
  SELECT f.account_id, f.issue_id, f.lineage_id, f.assignee_id, f.due_at, ${OF_ISSUE} FROM ${rows} ${where} GROUP BY 1, 2, 3, 4, 5`;

function toLateSql(id: Prisma.Sql, name: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT coalesce(json_agg(json_build_object('id', r.id, 'name', ${name}, 'findings', r.findings,
      'issues', r.issues, 'longestDays', r."longestDays") ORDER BY r.findings DESC, r.id), '[]')
    FROM (SELECT ${id} AS id, ${COUNTS}, max(days) AS "longestDays" FROM tally WHERE ${IS_LATE} GROUP BY 1
      ORDER BY 2 DESC, 1 LIMIT ${MOST_LATE}) AS r)`;
}

const isOf = (index: number) => (row: AgeRow) => row.bucket === index;

/** The row as that of one severity, where it has any of it. */
const ofSeverity =
  (severity: Severity) =>
  ({ state, bySeverity }: StateRow) => {
    const [findings, issues] = bySeverity[severity] ?? [];
    return findings === undefined || issues === undefined ? [] : [{ state, findings, issues }];
  };

function toAge(fromDays: number, next: number | undefined, row: AgeRow | undefined): SlaStanding["ages"][number] {
  const { findings = 0, issues = 0, bySeverity = {} } = row ?? {};
  return {
    fromDays,
    toDays: next === undefined ? null : next - 1,
    findings,
    issues,
    bySeverity: Object.fromEntries(Object.entries(bySeverity).map(([severity, [n]]) => [severity, n])),
  };
}

function toStates(rows: (SlaCount & { state: keyof SlaStates })[]): SlaStates {
  const of = (state: keyof SlaStates): SlaCount => {
    const { findings = 0, issues = 0 } = rows.find((row) => row.state === state) ?? {};
    return { findings, issues };
  };
  return { overdue: of("overdue"), atRisk: of("atRisk"), inTime: of("inTime"), undated: of("undated") };
}
