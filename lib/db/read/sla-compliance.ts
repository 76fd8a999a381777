import { addDays, daysBetween, endOfDay, firstOfMonth, firstOfNextMonth, toDay } from "#lib/domain/day.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { Compliance, CompliancePeriod, ComplianceQuery } from "#lib/domain/sla.ts";
import { faultOfDays } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, resolveAsOf, toldAt } from "./as-of.ts";
import { type DeltaScope, toScopeConditions } from "./day-deltas.ts";
import { columnsOf, listOpenByDue, NOTHING_OPEN, ofAccounts } from "./open-by-due.ts";
import { ask } from "./prepared.ts";

/** More days are told by month. */
const MOST_DAYS = 62;
const DEFAULT_MONTHS = 12;

type Period = Pick<CompliancePeriod, "from" | "to" | "at">;
type FixedRow = { period: number; isInTime: boolean; issues: number };

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
    selectFixed(periods, scope, at),
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
  if (fault !== null) throw new AppError("invalid-input", `${fault}.`, { faults: [{ field: "from", message: fault }] });
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

/**
 * Real fixes, by the due date that the issue had when the fix was recorded: what came later changes nothing. The due date
 * is told by the worst of its findings.
 */
function selectFixed(periods: Period[], scope: DeltaScope, at: Date): Promise<FixedRow[]> {
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) return Promise.resolve([]);
  const starts = periods.map(({ from }) => `${from}T00:00:00Z`);
  return ask<FixedRow>(Prisma.sql`
    SELECT d.period - 1 AS period, d.is_in_time AS "isInTime", count(*)::int AS issues
    FROM (
      SELECT x.period, x.due_at >= x.closed_at AS is_in_time, x.account_id, x.severity, ${columnsOf("x")}
      FROM (
        SELECT DISTINCT ON (k.account_id, k.issue_id, k.number, k.valid_from)
          width_bucket(k.closed_at, ${starts}::timestamptz[]) AS period, k.closed_at, v.due_at, v.severity,
          f.account_id, f.source, f.type, f.is_sample, f.lineage_id
        FROM issue_clock_version k JOIN finding f ON f.account_id = k.account_id AND f.issue_id = k.issue_id
        JOIN finding_version v ON v.finding_id = f.id AND v.valid_from <= k.valid_from AND v.valid_to > k.valid_from
        WHERE k.is_fix AND k.closed_at >= ${starts[0]}::timestamptz AND k.closed_at < ${`${addDays(last.to, 1)}T00:00:00Z`}::timestamptz
          AND k.valid_from <= ${at}::timestamptz AND k.valid_to > ${at}::timestamptz ${ofAccounts("k", scope)} ${ofAccounts("v", scope)}
        ORDER BY k.account_id, k.issue_id, k.number, k.valid_from, v.rank DESC, f.id
      ) AS x WHERE x.due_at IS NOT NULL
    ) AS d WHERE ${toScopeConditions(scope)} GROUP BY 1, 2`);
}

function toPeriod(period: Period, fixed: FixedRow[], { inTime: openInTime, overdue } = NOTHING_OPEN): CompliancePeriod {
  const fixedOf = (isInTime: boolean) => fixed.find((row) => row.isInTime === isInTime)?.issues ?? 0;
  const [fixedInTime, fixedLate] = [fixedOf(true), fixedOf(false)];
  const inTime = fixedInTime + openInTime.issues;
  const all = inTime + fixedLate + overdue.issues;
  return { ...period, fixedInTime, fixedLate, openInTime, overdue, share: all === 0 ? null : inTime / all };
}
