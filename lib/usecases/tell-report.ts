import { getHistory } from "#lib/db/read/as-of.ts";
import { getCoverage } from "#lib/db/read/coverage.ts";
import { getMovements } from "#lib/db/read/movements.ts";
import { getMovers } from "#lib/db/read/movers.ts";
import { getOpenAge } from "#lib/db/read/open-age.ts";
import { getPeriodExceptions } from "#lib/db/read/period-exceptions.ts";
import { findScopeNames, hasShownSample } from "#lib/db/read/period-reports.ts";
import { getRemediation } from "#lib/db/read/remediation.ts";
import { getCompliance } from "#lib/db/read/sla-compliance.ts";
import { getSlaStanding } from "#lib/db/read/sla-standing.ts";
import { getTrends } from "#lib/db/read/trends.ts";
import { coverageQuerySchema } from "#lib/domain/coverage.ts";
import { addDays, endOfDay, firstOfMonth } from "#lib/domain/day.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { MoversQuery } from "#lib/domain/movers.ts";
import {
  type NewReport,
  type ReportContent,
  type ReportScope,
  reportContentSchema,
} from "#lib/domain/period-report.ts";
import { type ReportDays, toReportDays } from "#lib/domain/report-period.ts";
import type { TrendDay, TrendScope, Trends } from "#lib/domain/trends.ts";

const MOVER_KINDS: MoversQuery["by"][] = ["account", "image", "repository", "function", "cve"];
const MOST_MOVERS = 10;
const MOST_LATE = 5;
const MONTHS_BACK = 5;

/** What every part of a report is told of: a scope, after one moment, up to another. */
type Told = { scope: TrendScope; days: ReportDays; from: Date; at: Date; firstSyncAt: Date; now: Date };

/**
 * Tells a period: every number from the same reads as the pages. Asked again of a period that is over it says the same,
 * but for coverage, which is known of now alone. Throws AppError: invalid-input for a period that is still to come or a
 * scope that there is not, gone for one before the first sync, conflict while what belongs to it may still come.
 */
export async function tellReport({ period, scope }: NewReport, now: Date): Promise<ReportContent> {
  const names = await requireScope(scope);
  const told = await requireTold(period, scope, now);
  const { days, at } = told;
  const [trends, moved, movedBefore, fixes, age, movers, teams, sla, coverage, exceptions, hasSample] =
    await Promise.all([
      getTrends({ ...told.scope, from: days.from, to: days.to, by: "severity" }, now),
      getMovements({ ...told.scope, from: told.from.toISOString(), to: at.toISOString() }, now),
      tellBefore(told),
      tellFixes(told),
      getOpenAge({ ...told.scope, asOf: at.toISOString() }, now),
      Promise.all(MOVER_KINDS.map((by) => tellMovers(by, told))),
      tellTeams(told),
      tellSla(told),
      tellCoverage(scope),
      isWhole(scope) ? getPeriodExceptions(told.from, at) : null,
      hasShownSample(),
    ]);
  return reportContentSchema.parse({
    version: 1,
    period,
    days: { from: days.from, to: days.to },
    before: days.before,
    isOver: days.isOver,
    hasSample,
    scope,
    names,
    from: told.from.toISOString(),
    asOf: at.toISOString(),
    firstSyncAt: told.firstSyncAt.toISOString(),
    open: {
      before: told.from >= told.firstSyncAt ? moved.before.bySeverity : null,
      after: moved.after.bySeverity,
    },
    bars: moved.bars,
    barsBefore: movedBefore,
    series: trends.days.map(toSeries),
    gaps: trends.gaps.map(({ from, to, region, source, ...place }) => ({
      from,
      to,
      region,
      source,
      account: place.accountName ?? place.accountId,
    })),
    fixes,
    ages: age.buckets,
    movers,
    teams,
    sla,
    coverage,
    exceptions,
  } satisfies ReportContent);
}

async function requireTold(period: string, scope: ReportScope, now: Date): Promise<Told> {
  const days = toReportDays(period, now);
  if (days.from > days.to || endOfDay(addDays(days.from, -1)) >= now) throw toFault("It has not begun");
  const { firstSyncAt, settledAt } = await getHistory();
  const at = new Date(Math.min(endOfDay(days.to).getTime(), settledAt.getTime(), now.getTime()));
  if (firstSyncAt === null || at < firstSyncAt) {
    const since = firstSyncAt === null ? "There was no sync yet" : `The first sync was at ${firstSyncAt.toISOString()}`;
    throw toFault(since, "gone");
  }
  if (days.isOver && settledAt < endOfDay(days.to)) {
    const message = "A sync that began before its end still runs, and what it finds belongs to it";
    throw new AppError("conflict", `${message}. Try again once it has ended.`, {
      faults: [{ field: "period", message }],
    });
  }
  return { scope: { ...scope, type: [] }, days, from: endOfDay(addDays(days.from, -1)), at, firstSyncAt, now };
}

function toFault(message: string, code: "invalid-input" | "gone" = "invalid-input"): AppError {
  return new AppError(code, `Nothing can be told of this period. ${message}.`, {
    faults: [{ field: "period", message }],
  });
}

async function requireScope({ accountId, team }: ReportScope): Promise<Record<string, string>> {
  const names = await findScopeNames({ accountId, team });
  const faults = [
    ...accountId
      .filter((id) => !names.has(id))
      .map((id) => ({ field: "scope.accountId", message: `No account ${id}` })),
    ...team.filter((id) => !names.has(id)).map((id) => ({ field: "scope.team", message: `No team ${id}` })),
  ];
  if (faults.length === 0) return Object.fromEntries(names);
  throw new AppError("invalid-input", "The scope names what there is not.", { faults });
}

const isWhole = (scope: ReportScope): boolean => Object.values(scope).every((values) => values.length === 0);

/** Why the number moved in the period before, where its beginning is known. */
async function tellBefore({ scope, days, firstSyncAt, now }: Told): Promise<ReportContent["barsBefore"]> {
  const from = addDays(days.before.from, -1);
  if (endOfDay(from) < firstSyncAt) return null;
  return (await getMovements({ ...scope, from, to: days.before.to }, now)).bars;
}

const sumOf = (counts: TrendDay["open"]): number => Object.values(counts).reduce((sum, n) => sum + n, 0);

const toSeries = ({ day, known, open, opened, closed }: TrendDay): ReportContent["series"][number] => ({
  day,
  known,
  open,
  opened: sumOf(opened),
  closed: sumOf(closed),
});

async function tellFixes({ scope, days, now }: Told): Promise<ReportContent["fixes"]> {
  let first = firstOfMonth(days.to);
  for (let back = 0; back < MONTHS_BACK; back += 1) first = firstOfMonth(addDays(first, -1));
  const [present, past, long] = await Promise.all([
    getRemediation({ ...scope, from: days.from, to: days.to }, now),
    getRemediation({ ...scope, ...days.before }, now),
    getRemediation({ ...scope, from: first, to: days.to }, now),
  ]);
  return {
    now: toFixes(present.all),
    before: toFixes(past.all),
    months: long.months.map(({ month, all }) => ({ month, fixes: toFixes(all) })),
  };
}

type Fixes = ReportContent["fixes"]["now"];
const toFixes = (all: Fixes): Fixes =>
  all && { fixed: all.fixed, meanDays: all.meanDays, medianDays: all.medianDays, p90Days: all.p90Days };

async function tellMovers(
  by: MoversQuery["by"],
  { scope, from, at, now }: Told,
): Promise<ReportContent["movers"][number]> {
  const query = { ...scope, from: from.toISOString(), to: at.toISOString(), by, limit: MOST_MOVERS };
  const { movers } = await getMovers(query, now);
  return { by, movers: movers?.map(({ label, about, net }) => ({ label, about, net })) ?? null };
}

async function tellTeams({ scope, days, now }: Told): Promise<ReportContent["teams"]> {
  const trends = await getTrends({ ...scope, from: days.from, to: days.to, by: "team" }, now);
  const last: Trends["before"] = trends.days.at(-1)?.open ?? {};
  return trends.keys
    .map(({ key, label }) => ({ name: label, before: trends.before[key] ?? 0, after: last[key] ?? 0 }))
    .filter(({ before, after }) => before + after > 0);
}

/** Null where nothing that is open has a due date, and nothing had one. */
async function tellSla({ scope, days, from, at, firstSyncAt, now }: Told): Promise<ReportContent["sla"]> {
  const asOf = at.toISOString();
  const wasKnown = from >= firstSyncAt;
  const [standing, earlier, kept, keptBefore] = await Promise.all([
    getSlaStanding({ ...scope, asOf }, now),
    wasKnown ? getSlaStanding({ ...scope, asOf: from.toISOString() }, now) : null,
    getCompliance({ ...scope, from: days.from, to: days.to, asOf }, now),
    wasKnown ? getCompliance({ ...scope, ...days.before, asOf: from.toISOString() }, now) : null,
  ]);
  const share = toShare(kept.periods);
  const { overdue, atRisk, inTime } = standing.all;
  if (overdue.issues + atRisk.issues + inTime.issues === 0 && share === null) return null;
  const { teams, accounts } = standing.late;
  return {
    all: standing.all,
    bySeverity: standing.bySeverity,
    share,
    shareBefore: keptBefore && toShare(keptBefore.periods),
    fixedInTime: sumBy(kept.periods, "fixedInTime"),
    fixedLate: sumBy(kept.periods, "fixedLate"),
    overdueBefore: earlier?.all.overdue.findings ?? null,
    late: [
      ...teams
        .filter(({ id }) => id !== null)
        .slice(0, MOST_LATE)
        .map((late) => toLate("team", late.name, late)),
      ...accounts.slice(0, MOST_LATE).map((late) => toLate("account", late.name ?? late.id, late)),
    ],
  };
}

type Periods = Awaited<ReturnType<typeof getCompliance>>["periods"];

const sumBy = (periods: Periods, name: "fixedInTime" | "fixedLate"): number =>
  periods.reduce((sum, period) => sum + period[name], 0);

/** Over the whole period: fixes of all its days, and what stood open at its end. */
function toShare(periods: Periods): number | null {
  const last = periods.at(-1);
  if (!last) return null;
  const inTime = sumBy(periods, "fixedInTime") + last.openInTime.issues;
  const all = inTime + sumBy(periods, "fixedLate") + last.overdue.issues;
  return all === 0 ? null : inTime / all;
}

const toLate = (kind: "team" | "account", name: string, late: { findings: number; longestDays: number }) => ({
  kind,
  name,
  findings: late.findings,
  longestDays: late.longestDays,
});

/** Resources are of accounts and teams: in a scope by anything else nothing can be said of them. */
async function tellCoverage({ accountId, team, ...rest }: ReportScope): Promise<ReportContent["coverage"]> {
  if (Object.values(rest).some((values) => values.length > 0)) return null;
  const { asOf, total, reasons } = await getCoverage(coverageQuerySchema.parse({ accountId, team, limit: 1 }));
  return asOf === null ? null : { asOf, resources: total.resources, notScanned: total.notScanned, reasons };
}
