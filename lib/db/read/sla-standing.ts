import { findingConditionsSchema } from "#lib/domain/finding-filter.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { SlaCount, SlaStanding, SlaStandingQuery, SlaStates } from "#lib/domain/sla.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, type History, resolveAsOf, toldAt } from "./as-of.ts";
import { toConditionSet } from "./finding-conditions.ts";
import { toFindingView } from "./finding-view.ts";
import { ask } from "./prepared.ts";
import { AGES, ofSeverities, toLiveTally } from "./standing-live.ts";
import { toOpenTables } from "./standing-open.ts";

const MOST_LATE = 50;

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
type Scope = Omit<SlaStandingQuery, "asOf">;

/** While nothing is written, the newest moment is how the findings stand: their history need not be asked. */
function toSql(scope: Scope, at: Date, { history, now, isPast }: Told): Prisma.Sql {
  const { includeSample } = history;
  const view = toFindingView(isPast || history.hasUnsettled ? at : null);
  const filter = findingConditionsSchema.parse({ ...scope, status: "active" });
  const conditions = toConditionSet(filter, view, { now, isSampleShown: includeSample });
  const cube = conditions.cube(["severity"]);
  const tables =
    cube === null
      ? Prisma.sql`tally AS MATERIALIZED (${toLiveTally({ view, where: conditions.where(), scope }, at)})`
      : toOpenTables({ scope: { ...scope, includeSample }, conditions, cube }, at);
  return Prisma.sql`
    WITH ${tables}
    SELECT
      (SELECT coalesce(json_agg(r), '[]') FROM (SELECT state, ${COUNTS}, ${BY_SEVERITY} FROM tally GROUP BY 1) AS r) AS states,
      (SELECT coalesce(json_agg(r), '[]') FROM (
        SELECT bucket, ${COUNTS}, ${BY_SEVERITY} FROM tally WHERE ${IS_LATE} GROUP BY 1) AS r) AS ages,
      ${toLateSql("tally", Prisma.sql`assignee_id::text`, Prisma.sql`(SELECT user_name FROM person WHERE id::text = r.id)`)} AS owners,
      ${toLateSql("tally", Prisma.sql`team_id`, Prisma.sql`(SELECT name FROM team WHERE id = r.id)`)} AS teams,
      ${toLateSql(cube === null ? "tally" : "late_account", Prisma.sql`account_id`, Prisma.sql`(SELECT name FROM account WHERE id = r.id)`)} AS accounts`;
}

const IS_LATE = Prisma.sql`state = 'overdue'`;
const COUNTS = Prisma.sql`sum(findings)::int AS findings, sum(issues)::int AS issues`;
const BY_SEVERITY = Prisma.sql`json_strip_nulls(json_build_object(${ofSeverities(
  ({ findings, issues, severity }) =>
    Prisma.sql`${severity}, CASE WHEN sum(${findings}) > 0 THEN json_build_array(sum(${findings}), sum(${issues})) END`,
)})) AS "bySeverity"`;

function toLateSql(table: "tally" | "late_account", id: Prisma.Sql, name: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT coalesce(json_agg(json_build_object('id', r.id, 'name', ${name}, 'findings', r.findings,
      'issues', r.issues, 'longestDays', r."longestDays") ORDER BY r.findings DESC, r.id), '[]')
    FROM (SELECT ${id} AS id, ${COUNTS}, max(days) AS "longestDays" FROM ${Prisma.raw(table)} WHERE ${IS_LATE} GROUP BY 1
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
