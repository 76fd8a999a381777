import type { CodeMetrics, CodeMetricsQuery } from "#lib/domain/code-metrics.ts";
import { addDays, daysBetween, toDay } from "#lib/domain/day.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { type Trends, trendScopeSchema } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory } from "./as-of.ts";
import { countOpenAt } from "./count-open.ts";
import { toFindingView } from "./finding-view.ts";
import { listReadScopes } from "./known-scopes.ts";
import { eventsBetween } from "./moved-findings.ts";
import { ask } from "./prepared.ts";
import { getTrends } from "./trends.ts";

const WEEK_DAYS = 7;
const WEEK_MS = WEEK_DAYS * 86_400_000;
const TOP_DETECTORS = 5;
const TOP_SCANS = 3;
/** Informational findings do not count. */
const COUNTED = SEVERITIES.filter((severity) => severity !== "info");
const CODE = Prisma.sql`f.source = 'codeguru' AND f.severity <> 'info' AND f.status = 'active'`;
/** The accounts that have such findings: a look at each spares reading everything that the others have. */
const CODE_ACCOUNTS = Prisma.sql`(SELECT id FROM account
  WHERE EXISTS (SELECT FROM finding_cube c WHERE c.account_id = account.id AND c.source = 'codeguru') OFFSET 0)`;
const CODE_FINDINGS = Prisma.sql`${CODE_ACCOUNTS} AS a JOIN finding f ON f.account_id = a.id AND ${CODE}`;

/** The numbers of CodeGuru Security's dashboard, over code scans. Throws AppError for days that cannot be told. */
export async function getCodeMetrics(query: CodeMetricsQuery, now: Date): Promise<CodeMetrics> {
  const to = query.to ?? toDay(now);
  const range = { from: query.from ?? addDays(to, 1 - WEEK_DAYS), to };
  const [findings, fixes] = await Promise.all([
    getFindingsOverview(),
    getFixOverview(range, query.severity.length > 0 ? query.severity : COUNTED, now),
  ]);
  return { findings, fixes };
}

async function getFindingsOverview(): Promise<CodeMetrics["findings"]> {
  const { includeSample, settledAt } = await getHistory();
  const weekAgo = new Date(settledAt.getTime() - WEEK_MS);
  const scope = { ...trendScopeSchema.parse({ source: "codeguru" }), includeSample };
  const wasRead = (await listReadScopes(scope)).some(({ firstPassAt }) => firstPassAt <= weekAgo);
  const openAt = async (at: Date, severity: Severity[]) => (wasRead ? countOpenAt(at, { ...scope, severity }) : null);
  const [openBefore, criticalBefore, bySeverity, detectors, mostOpen, mostCritical] = await Promise.all([
    openAt(weekAgo, COUNTED),
    openAt(weekAgo, ["critical"]),
    ask<{ severity: Severity; n: number }>(Prisma.sql`
      SELECT f.severity, sum(f.n)::int AS n FROM finding_cube f WHERE ${CODE} GROUP BY 1 HAVING sum(f.n) > 0`),
    selectDetectors(weekAgo),
    selectScans(Prisma.empty),
    selectScans(Prisma.sql`AND f.severity = 'critical'`),
  ]);
  return {
    open: { value: sum(bySeverity.map(({ n }) => n)), before: openBefore },
    critical: { value: bySeverity.find(({ severity }) => severity === "critical")?.n ?? 0, before: criticalBefore },
    distribution: Object.fromEntries(bySeverity.map(({ severity, n }) => [severity, n])),
    topVulnerabilities: detectors,
    mostOpen,
    mostCritical,
  };
}

type DetectorRow = CodeMetrics["findings"]["topVulnerabilities"][number];

function selectDetectors(before: Date): Promise<DetectorRow[]> {
  return ask<DetectorRow>(Prisma.sql`
    SELECT v.name AS "detectorId", v.title, top.findings,
      (SELECT count(*)::int FROM ${toFindingView(before).rows} WHERE f.vulnerability_id = v.id AND ${CODE}) AS before
    FROM (
      SELECT f.vulnerability_id, count(*)::int AS findings FROM ${CODE_FINDINGS} GROUP BY 1
      ORDER BY 2 DESC, 1 LIMIT ${TOP_DETECTORS}
    ) AS top JOIN vulnerability v ON v.id = top.vulnerability_id
    ORDER BY top.findings DESC, v.name`);
}

function selectScans(more: Prisma.Sql): Promise<CodeMetrics["findings"]["mostOpen"]> {
  return ask<CodeMetrics["findings"]["mostOpen"][number]>(Prisma.sql`
    SELECT f.scan_name AS "scanName", count(*)::int AS findings FROM ${CODE_FINDINGS}
    WHERE f.scan_name IS NOT NULL ${more} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${TOP_SCANS}`);
}

type Range = { from: string; to: string };

async function getFixOverview(range: Range, severity: Severity[], now: Date): Promise<CodeMetrics["fixes"]> {
  const length = daysBetween(range.from, range.to).length;
  const previous = { from: addDays(range.from, -length), to: addDays(range.from, -1) };
  const scope = { ...trendScopeSchema.parse({ source: "codeguru" }), severity, by: "severity" as const };
  const [trends, trendsBefore, times, timesBefore] = await Promise.all([
    getTrends({ ...scope, ...range }, now),
    getTrends({ ...scope, ...previous }, now),
    selectTimes(range, severity),
    selectTimes(previous, severity),
  ]);
  const total = (which: Trends, name: "opened" | "closed") => sum(which.days.map((day) => sumOf(day[name])));
  const wasRead = trendsBefore.days.some(({ known }) => known);
  const toFigure = (name: "opened" | "closed") => ({
    value: total(trends, name),
    before: wasRead ? total(trendsBefore, name) : null,
  });
  return {
    ...range,
    asOf: trends.asOf,
    closed: toFigure("closed"),
    opened: toFigure("opened"),
    averageDaysToClose: { value: averageOf(times), before: averageOf(timesBefore) },
    averageDaysBySeverity: Object.fromEntries(times.map((row) => [row.severity, row.days / row.n])),
    days: trends.days.map((day) => ({
      day: day.day,
      open: sumOf(day.open),
      opened: sumOf(day.opened),
      closed: sumOf(day.closed),
      known: day.known,
    })),
  };
}

type TimeRow = { severity: Severity; days: number; n: number };

/** From a finding's first detection to its closing, by the scanner's own times; of those that were recorded in the days. */
function selectTimes({ from, to }: Range, severity: Severity[]): Promise<TimeRow[]> {
  const events = eventsBetween(
    Prisma.sql`${from}::date::timestamp AT TIME ZONE 'UTC'`,
    Prisma.sql`${addDays(to, 1)}::date::timestamp AT TIME ZONE 'UTC'`,
    CODE_ACCOUNTS,
  );
  return ask<TimeRow>(Prisma.sql`
    SELECT m.severity, count(*)::int AS n,
      sum(greatest(extract(epoch FROM e.occurred_at - f.first_observed_at), 0) / 86400)::float8 AS days
    FROM ${events} CROSS JOIN LATERAL movements_of(e.*::lifecycle_event) AS m
    JOIN finding f ON f.account_id = e.account_id AND f.id = e.finding_id
    WHERE e.source = 'codeguru' AND m.movement IN ('fixed', 'resource-gone', 'not-reported') AND m.severity = ANY(${severity})
    GROUP BY 1`);
}

function averageOf(rows: TimeRow[]): number | null {
  const count = sum(rows.map(({ n }) => n));
  return count === 0 ? null : sum(rows.map(({ days }) => days)) / count;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function sumOf(counts: Record<string, number>): number {
  return sum(Object.values(counts));
}
