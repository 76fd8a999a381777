import { daysBetween, toDay } from "#lib/domain/day.ts";
import type { ReportContent } from "#lib/domain/period-report.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { TrendScope } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory } from "./as-of.ts";
import { IS_CLOCK_OF_FINDING, IS_RUNNING } from "./issue-conditions.ts";
import { ask } from "./prepared.ts";
import { toToldFindings } from "./told-findings.ts";

/** The first whole day of each age; each ends where the next begins. */
const AGES = [0, 8, 31, 91, 181, 366];

type Row = { openedOn: string; severity: Severity; n: number };

/**
 * How old what was open at a moment of the past was then, youngest first, by the clocks of the issues as they were known
 * then: what is recorded later changes nothing.
 */
export async function getAgesAsOf(scope: TrendScope, at: Date, now: Date): Promise<ReportContent["ages"]> {
  const history = { ...(await getHistory()), settledAt: at, hasUnsettled: true };
  const { view, where } = toToldFindings(scope, ["active"], history, now);
  const rows = await ask<Row>(Prisma.sql`
    SELECT to_char(k.opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "openedOn", f.severity, count(*)::int AS n
    FROM ${view.rows} JOIN ${view.clocks} ON ${IS_CLOCK_OF_FINDING} AND ${IS_RUNNING}
    ${where} GROUP BY 1, 2`);
  const today = toDay(at);
  return AGES.map((fromDays, index) => {
    const next = AGES[index + 1] ?? Number.POSITIVE_INFINITY;
    const own = rows.filter(({ openedOn }) => {
      const age = Math.max(0, daysBetween(openedOn, today).length - 1);
      return age >= fromDays && age < next;
    });
    const bySeverity: Partial<Record<Severity, number>> = {};
    for (const { severity, n } of own) bySeverity[severity] = (bySeverity[severity] ?? 0) + n;
    return {
      fromDays,
      toDays: Number.isFinite(next) ? next - 1 : null,
      findings: own.reduce((sum, { n }) => sum + n, 0),
      bySeverity,
    };
  });
}
