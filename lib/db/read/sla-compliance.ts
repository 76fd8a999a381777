import { addDays, daysBetween, endOfDay, firstOfMonth, firstOfNextMonth, toDay } from "#lib/domain/day.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { Compliance, CompliancePeriod, ComplianceQuery } from "#lib/domain/sla.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { faultOfDays } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, resolveAsOf, toldAt } from "./as-of.ts";
import { type DeltaScope, toScopeConditions } from "./day-deltas.ts";
import { ask } from "./prepared.ts";

/** More days are told by month. */
const MOST_DAYS = 62;
const DEFAULT_MONTHS = 12;

type Period = Pick<CompliancePeriod, "from" | "to" | "at">;
type FixedRow = { period: number; isInTime: boolean; issues: number };
type OpenRow = { period: number; isOverdue: boolean; findings: number; issues: number };

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
  const [fixed, open] = await Promise.all([selectFixed(periods, scope, at), selectOpen(periods, scope)]);
  return {
    ...range,
    grain,
    asOf: asOf === undefined ? toldAt(history) : at.toISOString(),
    firstSyncAt: firstSyncAt?.toISOString() ?? null,
    periods: periods.map((period, index) => toPeriod(period, fixed.filter(isOf(index)), open.filter(isOf(index)))),
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

/** Real fixes, by the due date that the issue had when the fix was recorded: what came later changes nothing. */
function selectFixed(periods: Period[], scope: DeltaScope, at: Date): Promise<FixedRow[]> {
  return ask<FixedRow>(Prisma.sql`
    SELECT d.period::int - 1 AS period, d.is_in_time AS "isInTime", count(*)::int AS issues
    FROM (
      SELECT p.period, x.due_at >= k.closed_at AS is_in_time, x.account_id, x.severity, ${columnsOf("x")}
      FROM ${toPeriodsSql(periods)} JOIN issue_clock_version k
        ON k.is_fix AND k.closed_at >= p.starts_at AND k.closed_at < p.ends_at
        AND k.valid_from <= ${at}::timestamptz AND k.valid_to > ${at}::timestamptz
      CROSS JOIN LATERAL (
        SELECT v.due_at, v.severity, f.account_id, f.source, f.type, f.is_sample, f.lineage_id
        FROM finding f JOIN finding_version v ON v.account_id = f.account_id AND v.finding_id = f.id
        WHERE f.account_id = k.account_id AND f.issue_id = k.issue_id
          AND v.valid_from <= k.valid_from AND v.valid_to > k.valid_from
        ORDER BY v.rank DESC, f.id LIMIT 1
      ) AS x WHERE x.due_at IS NOT NULL
    ) AS d WHERE ${toScopeConditions(scope)} GROUP BY 1, 2`);
}

/** What was open at the end of each period, by the due dates of then. */
function selectOpen(periods: Period[], scope: DeltaScope): Promise<OpenRow[]> {
  return ask<OpenRow>(Prisma.sql`
    SELECT d.period::int - 1 AS period, d.is_overdue AS "isOverdue", count(*)::int AS findings, count(DISTINCT d.issue_id)::int AS issues
    FROM (
      SELECT p.period, v.due_at < p.told_at AS is_overdue, f.issue_id, f.account_id, v.severity, ${columnsOf("f")}
      FROM finding_version v JOIN ${toPeriodsSql(periods)} ON v.valid_from <= p.told_at AND v.valid_to > p.told_at
      JOIN finding f ON f.id = v.finding_id WHERE v.status = 'active' AND v.due_at IS NOT NULL
    ) AS d WHERE ${toScopeConditions(scope)} GROUP BY 1, 2`);
}

/** What the scope narrows by, beside account and severity. */
const columnsOf = (row: "x" | "f"): Prisma.Sql =>
  Prisma.raw(`${row}.source, ${row}.type, ${row}.is_sample, coalesce((
  SELECT t.team_id FROM lineage_team t WHERE t.account_id = ${row}.account_id AND t.lineage_id = ${row}.lineage_id), '${NO_TEAM}') AS team_id`);

/** Periods as `p`, numbered from 1: when each starts and ends, and the moment that its end is told of. */
function toPeriodsSql(periods: Period[]): Prisma.Sql {
  const starts = periods.map(({ from }) => `${from}T00:00:00Z`);
  const ends = periods.map(({ to }) => `${addDays(to, 1)}T00:00:00Z`);
  const told = periods.map(({ at }) => at);
  return Prisma.sql`unnest(${starts}::timestamptz[], ${ends}::timestamptz[], ${told}::timestamptz[])
    WITH ORDINALITY AS p (starts_at, ends_at, told_at, period)`;
}

function toPeriod(period: Period, fixed: FixedRow[], open: OpenRow[]): CompliancePeriod {
  const fixedOf = (isInTime: boolean) => fixed.find((row) => row.isInTime === isInTime)?.issues ?? 0;
  const openOf = (isOverdue: boolean) => {
    const { findings = 0, issues = 0 } = open.find((row) => row.isOverdue === isOverdue) ?? {};
    return { findings, issues };
  };
  const [openInTime, overdue] = [openOf(false), openOf(true)];
  const [fixedInTime, fixedLate] = [fixedOf(true), fixedOf(false)];
  const inTime = fixedInTime + openInTime.issues;
  const all = inTime + fixedLate + overdue.issues;
  return { ...period, fixedInTime, fixedLate, openInTime, overdue, share: all === 0 ? null : inTime / all };
}
