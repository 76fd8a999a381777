import { currentPeriod, lastOver, toPeriodTitle, toReportDays } from "#lib/domain/report-period.ts";

const MONTHS_BACK = 11;
const QUARTERS_BACK = 3;

export type PeriodChoice = { period: string; label: string };

/** What a report can be made of, the likeliest first: the month that ended last, what runs, the last days, and before. */
export function toPeriodChoices(now: Date): PeriodChoice[] {
  const periods = [
    lastOver("month", now),
    currentPeriod("month", now),
    lastOver("quarter", now),
    currentPeriod("quarter", now),
    "last-7-days",
    "last-30-days",
    "last-90-days",
    ...back("month", MONTHS_BACK, now),
    ...back("quarter", QUARTERS_BACK, now),
  ];
  return periods.map((period) => {
    const days = toReportDays(period, now);
    return { period, label: `${toPeriodTitle(period, days)}${days.isOver ? "" : ", so far"}` };
  });
}

/** Months or quarters before the last one that is over. */
function back(kind: "month" | "quarter", count: number, now: Date): string[] {
  const periods: string[] = [];
  let at = now;
  for (let index = 0; index <= count; index += 1) {
    const period = lastOver(kind, at);
    at = new Date(`${toReportDays(period, now).from}T00:00:00Z`);
    periods.push(period);
  }
  return periods.slice(1);
}
