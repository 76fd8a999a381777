import { addDays, daysBetween, endOfDay, firstOfMonth, firstOfNextMonth, toDay } from "#lib/domain/day.ts";
import type { Compliance, CompliancePeriod, ComplianceQuery } from "#lib/domain/sla.ts";
import { faultOfDays, toDaysError } from "#lib/domain/trends.ts";
import { getHistory, resolveAsOf, toldAt } from "./as-of.ts";
import { type FixedByDue, listFixedByDue } from "./fixed-by-due.ts";
import { listOpenByDue, type OpenByDue } from "./open-by-due.ts";

/** More days are told by month. */
const MOST_DAYS = 62;
const DEFAULT_MONTHS = 12;

type Period = Pick<CompliancePeriod, "from" | "to" | "at">;

/**
 * How many issues were fixed by their due dates, and how many that were open stood within them, period by period.
 * What is told as of a moment stays so: fixes by the due date of when they were recorded, open ones by that of the
 * period's end. Throws AppError: invalid-input for days that cannot be told, and for an `asOf` that nothing is known of.
 */
export async function getCompliance({ asOf, ...query }: ComplianceQuery, now: Date): Promise<Compliance> {
  const history = await getHistory();
  const at = asOf === undefined ? history.settledAt : resolveAsOf(asOf, history);
  const range = toRange(query, at, now);
  const grain = daysBetween(range.from, range.to).length > MOST_DAYS ? "month" : "day";
  const firstSyncAt = history.firstSyncAt;
  const periods = (grain === "day" ? daysOf(range) : monthsOf(range))
    .map(({ from, to }) => ({ from, to, at: new Date(Math.min(endOfDay(to).getTime(), at.getTime())).toISOString() }))
    .filter((period) => firstSyncAt !== null && new Date(period.at) >= firstSyncAt);
  const scope = { ...query, includeSample: history.includeSample };
  const [fixed, open] = await Promise.all([
    listFixedByDue(periods, scope, at),
    listOpenByDue(
      periods.map((period) => period.at),
      scope,
    ),
  ]);
  return {
    ...range,
    grain,
    asOf: asOf === undefined ? toldAt(history) : at.toISOString(),
    firstSyncAt: firstSyncAt?.toISOString() ?? null,
    periods: periods.map((period, index) => toPeriod(period, fixed.filter(isOf(index)), open[index])),
  };
}

const isOf = (index: number) => (row: { period: number }) => row.period === index;

function toRange(
  { from, to }: Pick<ComplianceQuery, "from" | "to">,
  at: Date,
  now: Date,
): { from: string; to: string } {
  const last = to ?? toDay(at);
  const range = { from: from ?? monthsBefore(last, DEFAULT_MONTHS - 1), to: last };
  const fault = faultOfDays(range, now);
  if (fault !== null) throw toDaysError(fault);
  return range;
}

function monthsBefore(day: string, months: number): string {
  let first = firstOfMonth(day);
  for (let n = 0; n < months; n += 1) first = firstOfMonth(addDays(first, -1));
  return first;
}

const daysOf = ({ from, to }: { from: string; to: string }) =>
  daysBetween(from, to).map((day) => ({ from: day, to: day }));

/** Whole months, but for the last: it ends with the range. */
function monthsOf({ from, to }: { from: string; to: string }): { from: string; to: string }[] {
  const months: { from: string; to: string }[] = [];
  for (let month = firstOfMonth(from); month <= to; month = firstOfNextMonth(month)) {
    const last = addDays(firstOfNextMonth(month), -1);
    months.push({ from: month, to: last < to ? last : to });
  }
  return months;
}

const NOTHING = { findings: 0, issues: 0 };
const NOTHING_OPEN: OpenByDue = { inTime: NOTHING, overdue: NOTHING };

function toPeriod(
  period: Period,
  fixed: FixedByDue[],
  { inTime: openInTime, overdue } = NOTHING_OPEN,
): CompliancePeriod {
  const fixedOf = (isInTime: boolean) => fixed.find((row) => row.isInTime === isInTime)?.issues ?? 0;
  const [fixedInTime, fixedLate] = [fixedOf(true), fixedOf(false)];
  const inTime = fixedInTime + openInTime.issues;
  const all = inTime + fixedLate + overdue.issues;
  return { ...period, fixedInTime, fixedLate, openInTime, overdue, share: all === 0 ? null : inTime / all };
}
