import { monthsBetween } from "#lib/domain/day.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { type Remediation, type RemediationQuery, requireDays } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, type History, toldAt } from "./as-of.ts";
import { toClockedFindings } from "./clocked-findings.ts";
import { toScopeConditions } from "./day-deltas.ts";
import { isCountedLive, toClockRollup } from "./issue-clocks.ts";
import { IS_CLOCK_OF_FINDING, IS_FIX } from "./issue-conditions.ts";
import { ask } from "./prepared.ts";
import { toToldFindings } from "./told-findings.ts";

type FixedRow = { month: string; severity: Severity; days: number; n: number };
/** Findings of issues that were fixed in that month, and the last time before in that one; null = never. */
type FindingsRow = { month: string; before: string | null; severity: Severity; n: number };

/**
 * How long fixed issues had been open, by month of the fix: whole days of their clocks, real fixes only; and how many
 * findings they have. The months that the days touch are told as a whole. Throws AppError invalid-input for days that
 * cannot be told.
 */
export async function getRemediation(query: RemediationQuery, now: Date): Promise<Remediation> {
  const range = requireDays(query, now);
  const months = monthsBetween(range.from, range.to);
  const history = await getHistory();
  const [fixed, findings] = await Promise.all([
    selectFixed(query, months, history),
    selectFindings(query, { months, now }, history),
  ]);
  return {
    asOf: toldAt(history),
    firstSyncAt: history.firstSyncAt?.toISOString() ?? null,
    months: months.map((month) => ({
      month,
      ...toFigures(
        fixed.filter((row) => row.month === month),
        findings.filter((row) => row.month === month),
      ),
    })),
    // Each finding once: where the first of its fixes in these months stands.
    ...toFigures(
      fixed,
      findings.filter(({ before }) => before === null || before < (months[0] ?? "")),
    ),
  };
}

/** In order of days. */
function selectFixed(query: RemediationQuery, months: string[], { includeSample }: History): Promise<FixedRow[]> {
  return ask<FixedRow>(Prisma.sql`
    SELECT d.month::text, d.severity, d.days, sum(d.n)::int AS n FROM ${toClockRollup("remediation_histogram", query)}
    WHERE d.month = ANY(${months}::date[]) AND ${toScopeConditions({ ...query, includeSample })}
    GROUP BY 1, 2, 3 HAVING sum(d.n) > 0 ORDER BY d.days`);
}

type Told = { months: string[]; now: Date };

const OF_MONTHS = Prisma.sql`month::text AS month, CASE WHEN month_before > '-infinity' THEN month_before::text END AS before`;

/** The findings of the issues that were fixed, once for each month in which they were. */
function selectFindings(query: RemediationQuery, { months, now }: Told, history: History): Promise<FindingsRow[]> {
  if (isCountedLive(query)) return selectLiveFindings(query, { months, now }, history);
  return ask<FindingsRow>(Prisma.sql`
    SELECT ${OF_MONTHS}, d.severity, sum(d.n)::int AS n FROM ${toClockedFindings(query, history).fixes}
    WHERE d.month = ANY(${months}::date[]) AND ${toScopeConditions({ ...query, includeSample: history.includeSample })}
    GROUP BY 1, 2, 3 HAVING sum(d.n) <> 0`);
}

/** Of teams within accounts the findings themselves are counted. */
function selectLiveFindings(query: RemediationQuery, { months, now }: Told, history: History): Promise<FindingsRow[]> {
  const { view, where } = toToldFindings(query, [], history, now);
  return ask<FindingsRow>(Prisma.sql`
    SELECT ${OF_MONTHS}, f.severity, count(*)::int AS n
    FROM ${view.rows} JOIN (
      SELECT issue_id, month, lag(month, 1, '-infinity') OVER (PARTITION BY issue_id ORDER BY month) AS month_before
      FROM (
        SELECT DISTINCT k.issue_id, date_trunc('month', k.closed_at AT TIME ZONE 'UTC')::date AS month
        FROM ${view.clocks} WHERE ${IS_FIX} AND k.closed_at IS NOT NULL
      ) AS fixes
    ) AS k ON ${IS_CLOCK_OF_FINDING} AND k.month = ANY(${months}::date[])
    ${where} GROUP BY 1, 2, 3`);
}

/** `fixed` are in order of days. */
function toFigures(fixed: FixedRow[], findings: FindingsRow[]): Pick<Remediation, "all" | "bySeverity"> {
  const bySeverity: Remediation["bySeverity"] = {};
  for (const severity of SEVERITIES) {
    const isOwn = (row: { severity: Severity }) => row.severity === severity;
    const figure = toFigure(fixed.filter(isOwn), findings.filter(isOwn));
    if (figure) bySeverity[severity] = figure;
  }
  return { all: toFigure(fixed, findings), bySeverity };
}

function toFigure(rows: FixedRow[], findings: FindingsRow[]): Remediation["all"] {
  const fixed = rows.reduce((sum, { n }) => sum + n, 0);
  if (fixed === 0) return null;
  return {
    fixed,
    findings: findings.reduce((sum, { n }) => sum + n, 0),
    meanDays: rows.reduce((sum, { days, n }) => sum + days * n, 0) / fixed,
    medianDays: (dayAt(rows, Math.floor((fixed - 1) / 2)) + dayAt(rows, Math.floor(fixed / 2))) / 2,
    p90Days: dayAt(rows, Math.ceil(fixed * 0.9) - 1),
  };
}

/** How many days the fix at that place took, the quickest being 0. */
function dayAt(rows: FixedRow[], place: number): number {
  let passed = 0;
  for (const { days, n } of rows) {
    passed += n;
    if (passed > place) return days;
  }
  return rows.at(-1)?.days ?? 0;
}
