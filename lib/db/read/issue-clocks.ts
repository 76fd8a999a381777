import { addDays, toDay } from "#lib/domain/day.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { Severity } from "#lib/domain/severity.ts";
import {
  faultOfDays,
  type OpenAge,
  type Remediation,
  type RemediationQuery,
  type TrendScope,
  toDays,
} from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import { toScopeConditions } from "./day-deltas.ts";
import { ask } from "./prepared.ts";
import { isSampleShown } from "./sample-visibility.ts";

/** A rollup of clocks as `d`, with what tells the sample's accounts from others. */
function rollup(table: "remediation_histogram" | "open_cohort"): Prisma.Sql {
  return Prisma.sql`(SELECT c.*, a.is_sample FROM ${Prisma.raw(table)} c JOIN account a ON a.id = c.account_id) AS d`;
}

type FixedRow = { month: string; severity: Severity; days: number; n: number };

/**
 * How long fixed issues had been open, by month of the fix: whole days of their clocks, real fixes only. The months
 * that the days touch are told as a whole. Throws AppError invalid-input for days that cannot be told.
 */
export async function getRemediation(query: RemediationQuery, now: Date): Promise<Remediation> {
  const range = toDays(query, now);
  const fault = faultOfDays(range, now);
  if (fault !== null) throw new AppError("invalid-input", `${fault}.`, { faults: [{ field: "from", message: fault }] });
  const from = monthOf(range.from);
  const to = monthOf(range.to);
  const conditions = toScopeConditions({ ...query, includeSample: await isSampleShown() });
  const rows = await ask<FixedRow>(Prisma.sql`
    SELECT d.month::text, d.severity, d.days, sum(d.n)::int AS n FROM ${rollup("remediation_histogram")}
    WHERE d.month BETWEEN ${from}::date AND ${to}::date AND ${conditions}
    GROUP BY 1, 2, 3 HAVING sum(d.n) > 0 ORDER BY d.days`);
  const months = monthsBetween(from, to).map((month) => ({
    month,
    ...toFigures(rows.filter((row) => row.month === month)),
  }));
  return { months, ...toFigures(rows) };
}

/** `rows` are in order of days. */
function toFigures(rows: FixedRow[]): Pick<Remediation, "all" | "bySeverity"> {
  const bySeverity: Remediation["bySeverity"] = {};
  for (const [severity, own] of Map.groupBy(rows, (row) => row.severity)) {
    const figure = toFigure(own);
    if (figure) bySeverity[severity] = figure;
  }
  return { all: toFigure(rows), bySeverity };
}

function toFigure(rows: FixedRow[]): Remediation["all"] {
  const fixed = rows.reduce((sum, { n }) => sum + n, 0);
  if (fixed === 0) return null;
  const meanDays = rows.reduce((sum, { days, n }) => sum + days * n, 0) / fixed;
  return {
    fixed,
    meanDays,
    medianDays: (dayAt(rows, Math.floor((fixed - 1) / 2)) + dayAt(rows, Math.floor(fixed / 2))) / 2,
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

const monthOf = (day: string) => `${day.slice(0, 7)}-01`;

function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to; month = monthOf(addDays(month, 31))) months.push(month);
  return months;
}

/** The first whole day of each age; each ends where the next begins. */
const AGES = [0, 8, 31, 91, 181, 366];

type OpenRow = { bucket: number; severity: Severity; n: number };

/** How old open issues are on the UTC day of `now`, by their clocks. */
export async function getOpenAge(scope: TrendScope, now: Date): Promise<OpenAge> {
  const today = toDay(now);
  const conditions = toScopeConditions({ ...scope, includeSample: await isSampleShown() });
  const rows = await ask<OpenRow>(Prisma.sql`
    SELECT width_bucket(${today}::date - d.opened_on, ${AGES}::int[]) - 1 AS bucket, d.severity, sum(d.n)::int AS n
    FROM ${rollup("open_cohort")} WHERE ${conditions} GROUP BY 1, 2 HAVING sum(d.n) > 0`);
  const buckets = AGES.map((fromDays, index) => {
    const next = AGES[index + 1];
    // What a source dates a little ahead of our clock is as young as can be.
    const own = rows.filter(({ bucket }) => Math.max(bucket, 0) === index);
    return {
      fromDays,
      toDays: next === undefined ? null : next - 1,
      openedFrom: next === undefined ? null : addDays(today, 1 - next),
      openedTo: addDays(today, index === 0 ? 2 : 1 - fromDays),
      issues: own.reduce((sum, { n }) => sum + n, 0),
      bySeverity: Object.fromEntries(
        Map.groupBy(own, (row) => row.severity)
          .entries()
          .map(([severity, some]) => [severity, some.reduce((sum, { n }) => sum + n, 0)]),
      ),
    };
  });
  return { asOf: now.toISOString(), buckets };
}
