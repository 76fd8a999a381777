import { addDays, daysBetween, firstOfMonth, firstOfNextMonth, toDay } from "./day.ts";

/** Days, both included. */
export type Days = { from: string; to: string };

/** What a report is about. `before`: what it is compared with. `isOver`: nothing of it is still to come. */
export type ReportDays = Days & { before: Days; isOver: boolean };

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const QUARTER = /^(\d{4})-Q([1-4])$/;
const LAST = /^last-(7|30|90)-days$/;

/** Whether a text is a period: 2026-10, 2026-Q3, last-7-days, last-30-days or last-90-days. */
export const isReportPeriod = (text: string): boolean => [MONTH, QUARTER, LAST].some((form) => form.test(text));

/**
 * The UTC days that a period means. The last days end yesterday, so that all of them are whole; a month or quarter that
 * runs ends today, and is compared with as many days of the one before.
 */
export function toReportDays(period: string, now: Date): ReportDays {
  const today = toDay(now);
  const last = LAST.exec(period)?.[1];
  if (last !== undefined) {
    const count = Number(last);
    const from = addDays(today, -count);
    return {
      from,
      to: addDays(today, -1),
      before: { from: addDays(from, -count), to: addDays(from, -1) },
      isOver: true,
    };
  }
  const whole = toWhole(period);
  const isOver = whole.to < today;
  if (isOver || whole.from > today) return { ...whole, before: toWhole(before(period)), isOver };
  const earlier = toWhole(before(period));
  const sameDay = addDays(earlier.from, daysBetween(whole.from, today).length - 1);
  return {
    from: whole.from,
    to: today,
    before: { from: earlier.from, to: earliest(sameDay, earlier.to) },
    isOver,
  };
}

/** Days are compared as text. */
const earliest = (...days: string[]): string => days.sort()[0] ?? "";

/** The month, or the quarter, that ended last. */
export function lastOver(kind: "month" | "quarter", now: Date): string {
  return before(currentPeriod(kind, now));
}

/** The month or quarter that runs. */
export function currentPeriod(kind: "month" | "quarter", now: Date): string {
  const month = toDay(now).slice(0, 7);
  return kind === "month" ? month : toQuarter(month);
}

function toWhole(period: string): Days {
  const quarter = QUARTER.exec(period);
  const first = quarter ? `${quarter[1]}-${String(Number(quarter[2]) * 3 - 2).padStart(2, "0")}-01` : `${period}-01`;
  let next = firstOfNextMonth(first);
  if (quarter) next = firstOfNextMonth(firstOfNextMonth(next));
  return { from: first, to: addDays(next, -1) };
}

/** The month or quarter before this one. */
function before(period: string): string {
  const last = firstOfMonth(addDays(toWhole(period).from, -1)).slice(0, 7);
  return QUARTER.test(period) ? toQuarter(last) : last;
}

const toQuarter = (month: string): string => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** "October 2026", "Q3 2026", "30 days up to 2026-11-23". */
export function toPeriodTitle(period: string, { to }: Days): string {
  const last = LAST.exec(period)?.[1];
  if (last !== undefined) return `${last} days up to ${to}`;
  const quarter = QUARTER.exec(period);
  if (quarter) return `Q${quarter[2]} ${quarter[1]}`;
  const [year, month] = period.split("-");
  return `${MONTHS[Number(month) - 1]} ${year}`;
}
