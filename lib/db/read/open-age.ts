import { addDays, toDay } from "#lib/domain/day.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { OpenAge, OpenAgeQuery, TrendScope } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, type History, resolveAsOf, toldAt } from "./as-of.ts";
import { toClockedFindings } from "./clocked-findings.ts";
import { toScopeConditions } from "./day-deltas.ts";
import { isCountedLive, toClockRollup } from "./issue-clocks.ts";
import { IS_CLOCK_OF_FINDING, IS_RUNNING } from "./issue-conditions.ts";
import { ask } from "./prepared.ts";
import { toToldFindings } from "./told-findings.ts";

/** The first whole day of each age; each ends where the next begins. */
const AGES = [0, 8, 31, 91, 181, 366];

/** What a source dates ahead of our clock is as young as can be. */
const toBucket = (today: string, openedOn: Prisma.Sql) =>
  Prisma.sql`greatest(width_bucket(${today}::date - ${openedOn}, ${AGES}::int[]) - 1, 0)`;

type FindingsRow = { bucket: number; severity: Severity; n: number };
type IssuesRow = { bucket: number; n: number };

/**
 * How old open findings are on the UTC day that is told of, by the clocks of their issues, now or as of a moment. Throws
 * AppError for an `asOf` that nothing is known of.
 */
export async function getOpenAge({ asOf: asked, ...scope }: OpenAgeQuery, now: Date): Promise<OpenAge> {
  const present = await getHistory();
  // By what was recorded until then, whatever has been since.
  const history =
    asked === undefined ? present : { ...present, settledAt: resolveAsOf(asked, present), hasUnsettled: true };
  const asOf = toldAt(history);
  const today = asOf === null ? toDay(now) : asOf.slice(0, 10);
  const select = asked === undefined ? PRESENT : PAST;
  const [findings, issues] = await Promise.all([
    asOf === null ? [] : select.findings(scope, { today, now }, history),
    asOf === null ? [] : select.issues(scope, { today, now }, history),
  ]);
  const buckets = AGES.map((fromDays, index) => {
    const next = AGES[index + 1];
    const own = findings.filter(({ bucket }) => bucket === index);
    return {
      fromDays,
      toDays: next === undefined ? null : next - 1,
      openedFrom: next === undefined ? null : addDays(today, 1 - next),
      openedTo: index === 0 ? null : addDays(today, 1 - fromDays),
      findings: own.reduce((sum, { n }) => sum + n, 0),
      bySeverity: Object.fromEntries(own.map(({ severity, n }) => [severity, n])),
      issues: issues.find(({ bucket }) => bucket === index)?.n ?? 0,
    };
  });
  return { asOf, buckets };
}

type Day = { today: string; now: Date };

function selectFindings(scope: TrendScope, { today, now }: Day, history: History): Promise<FindingsRow[]> {
  if (isCountedLive(scope)) return selectViewedFindings(scope, { today, now }, history);
  return ask<FindingsRow>(Prisma.sql`
    SELECT ${toBucket(today, Prisma.sql`d.opened_on`)} AS bucket, d.severity, sum(d.n)::int AS n
    FROM ${toClockedFindings(scope, history).ages} WHERE ${toScopeConditions({ ...scope, includeSample: history.includeSample })}
    GROUP BY 1, 2 HAVING sum(d.n) <> 0`);
}

/** Of teams within accounts, and of the past, the findings themselves are counted. */
function selectViewedFindings(scope: TrendScope, { today, now }: Day, history: History): Promise<FindingsRow[]> {
  const { view, where } = toToldFindings(scope, ["active"], history, now);
  return ask<FindingsRow>(Prisma.sql`
    SELECT ${toBucket(today, Prisma.sql`(k.opened_at AT TIME ZONE 'UTC')::date`)} AS bucket, f.severity, count(*)::int AS n
    FROM ${view.rows} JOIN ${view.clocks} ON ${IS_CLOCK_OF_FINDING} AND ${IS_RUNNING}
    ${where} GROUP BY 1, 2`);
}

function selectIssues(scope: TrendScope, { today }: Day, { includeSample }: History): Promise<IssuesRow[]> {
  return ask<IssuesRow>(Prisma.sql`
    SELECT ${toBucket(today, Prisma.sql`d.opened_on`)} AS bucket, sum(d.n)::int AS n
    FROM ${toClockRollup("open_cohort", scope)} WHERE ${toScopeConditions({ ...scope, includeSample })}
    GROUP BY 1 HAVING sum(d.n) > 0`);
}

/** Of the past: an issue has the severity of its worst active finding, else of its worst open one. */
function selectViewedIssues({ severity, ...scope }: TrendScope, { today, now }: Day, history: History) {
  const { view, where } = toToldFindings({ ...scope, severity: [] }, ["active", "suppressed"], history, now);
  const isOfSeverity = severity.length > 0 ? Prisma.sql`WHERE d.severity = ANY(${severity})` : Prisma.empty;
  return ask<IssuesRow>(Prisma.sql`
    SELECT ${toBucket(today, Prisma.sql`d.opened_on`)} AS bucket, count(*)::int AS n
    FROM (
      SELECT f.issue_id, (k.opened_at AT TIME ZONE 'UTC')::date AS opened_on,
        (array_agg(f.severity ORDER BY f.status = 'active' DESC, f.rank DESC))[1] AS severity
      FROM ${view.rows} JOIN ${view.clocks} ON ${IS_CLOCK_OF_FINDING} AND ${IS_RUNNING}
      ${where} GROUP BY 1, 2
    ) AS d ${isOfSeverity} GROUP BY 1`);
}

const PRESENT = { findings: selectFindings, issues: selectIssues };
const PAST = { findings: selectViewedFindings, issues: selectViewedIssues };
