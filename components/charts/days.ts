import type { Tick } from "./series.ts";

const MOST_DAYS_BY_DAY = 10;
const MOST_DAYS_BY_WEEK = 70;

// By hand: "Sep" or "Sept" depends on the browser, and the server must draw the same.
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const toDate = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** "Nov" of "2026-11-24": a day is a day of UTC. */
export const monthWord = (day: string): string => MONTHS[toDate(day).getUTCMonth()] ?? day;
/** "Nov 2026" */
export const monthAndYear = (day: string): string => `${monthWord(day)} ${toDate(day).getUTCFullYear()}`;
/** "24 Nov" */
export const dayWord = (day: string): string => `${toDate(day).getUTCDate()} ${monthWord(day)}`;
/** "24 Nov 2026" */
export const dayAndYear = (day: string): string => `${toDate(day).getUTCDate()} ${monthAndYear(day)}`;

/** The words under an axis of days: each day, the Mondays, or the firsts of the months. */
export function toDayTicks(days: string[]): Tick[] {
  const indexed = days.map((day, index) => ({ day, index }));
  if (days.length <= MOST_DAYS_BY_DAY) return indexed.map(({ day, index }) => ({ index, word: dayWord(day) }));
  if (days.length <= MOST_DAYS_BY_WEEK)
    return indexed.filter(({ day }) => isMonday(day)).map(({ day, index }) => ({ index, word: dayWord(day) }));
  return indexed
    .filter(({ day }) => day.endsWith("-01"))
    .map(({ day, index }) => ({ index, word: day.slice(5, 7) === "01" ? monthAndYear(day) : monthWord(day) }));
}

const isMonday = (day: string): boolean => toDate(day).getUTCDay() === 1;
