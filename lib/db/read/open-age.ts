import { addDays, toDay } from "#lib/domain/day.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { OpenAge, TrendScope } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, type History, toldAt } from "./as-of.ts";
import { toClockedFindings } from "./clocked-findings.ts";
import { toScopeConditions } from "./day-deltas.ts";
import { toClockRollup } from "./issue-clocks.ts";
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

/** How old open findings are on the UTC day that is told of, by the clocks of their issues. */
export async function getOpenAge(scope: TrendScope, now: Date): Promise<OpenAge> {
  const history = await getHistory();
  const asOf = toldAt(history);
  const today = asOf === null ? toDay(now) : asOf.slice(0, 10);
  const [findings, issues] = await Promise.all([
    asOf === null ? [] : selectFindings(scope, { today, now }, history),
    asOf === null ? [] : selectIssues(scope, today, history),
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
  if (scope.team.length > 0) return selectTeamFindings(scope, { today, now }, history);
  return ask<FindingsRow>(Prisma.sql`
    SELECT ${toBucket(today, Prisma.sql`d.opened_on`)} AS bucket, d.severity, sum(d.n)::int AS n
    FROM ${toClockedFindings(scope, history).ages} WHERE ${toScopeConditions({ ...scope, includeSample: history.includeSample })}
    GROUP BY 1, 2 HAVING sum(d.n) <> 0`);
}

/** Of teams the findings themselves are counted. */
function selectTeamFindings(scope: TrendScope, { today, now }: Day, history: History): Promise<FindingsRow[]> {
  const { view, where } = toToldFindings(scope, ["active"], history, now);
  return ask<FindingsRow>(Prisma.sql`
    SELECT ${toBucket(today, Prisma.sql`(k.opened_at AT TIME ZONE 'UTC')::date`)} AS bucket, f.severity, count(*)::int AS n
    FROM ${view.rows} JOIN ${view.clocks} ON ${IS_CLOCK_OF_FINDING} AND ${IS_RUNNING}
    ${where} GROUP BY 1, 2`);
}

function selectIssues(scope: TrendScope, today: string, { includeSample }: History): Promise<IssuesRow[]> {
  return ask<IssuesRow>(Prisma.sql`
    SELECT ${toBucket(today, Prisma.sql`d.opened_on`)} AS bucket, sum(d.n)::int AS n
    FROM ${toClockRollup("open_cohort", scope)} WHERE ${toScopeConditions({ ...scope, includeSample })}
    GROUP BY 1 HAVING sum(d.n) > 0`);
}
