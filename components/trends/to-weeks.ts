import { dayAndYear, dayWord } from "#components/charts/days.ts";
import type { Step, Tick } from "#components/charts/series.ts";
import { movedListAddress } from "#lib/client/list-address.ts";
import { addDays } from "#lib/domain/day.ts";
import type { TrendDay, TrendScope, Trends } from "#lib/domain/trends.ts";
import { sumOfAll } from "./series-of.ts";

const WEEK = 7;
const UP = ["new", "reopened"] as const;
const DOWN = ["fixed", "resource-gone", "not-reported"] as const;

/** One week, Monday to Sunday. `note` says why it is not counted. */
export type Week = { monday: string; opened: number; closed: number; note: string | null };

/** The weeks that the days touch. A week is counted when all seven days are there, over, and known. */
export function toWeeks({ days, asOf }: Pick<Trends, "days" | "asOf">): Week[] {
  const byMonday = Map.groupBy(days, ({ day }) => mondayOf(day));
  return [...byMonday].map(([monday, inside]) => ({
    monday,
    opened: inside.reduce((sum, { opened }) => sum + sumOfAll(opened), 0),
    closed: inside.reduce((sum, { closed }) => sum + sumOfAll(closed), 0),
    note: whyNotCounted(monday, inside, asOf),
  }));
}

function whyNotCounted(monday: string, inside: TrendDay[], asOf: string | null): string | null {
  const unknown = inside.filter(({ known }) => !known).length;
  if (asOf === null || asOf < `${addDays(monday, WEEK)}T`) return "The week is not over, not counted";
  if (unknown > 0) return `${unknown} of ${inside.length} days without a sync, not counted`;
  return inside.length < WEEK ? "Only a part of the week, not counted" : null;
}

/** From Monday on: a week by its first day. */
function mondayOf(day: string): string {
  return addDays(day, -((new Date(day).getUTCDay() + 6) % WEEK));
}

/** The weeks as steps of a chart, and its words: each leads to what was new, or to what was closed. */
export function toWeekSteps(weeks: Week[], scope: TrendScope): Step[] {
  return weeks.map(({ monday, opened, closed, note }) => ({
    label: dayWord(monday),
    title: `Week of ${dayAndYear(monday)}`,
    note,
    values: note === null ? { up: opened, down: closed } : null,
    href: newListAddress(monday, scope),
    span: { from: monday, to: addDays(monday, WEEK - 1) },
  }));
}

const movedIn = (monday: string) => ({
  movedFrom: `${monday}T00:00:00.000Z`,
  movedTo: `${addDays(monday, WEEK)}T00:00:00.000Z`,
});

/** The list of what came in the week of that Monday. */
export const newListAddress = (monday: string, scope: TrendScope): string =>
  movedListAddress(scope, { movement: [...UP], ...movedIn(monday) });

/** The list of what went in that week, for whatever reason but a lost scope. */
export const closedListAddress = (monday: string, scope: TrendScope): string =>
  movedListAddress(scope, { movement: [...DOWN], ...movedIn(monday) });

/** A word under the first week of each month; under each week where there are few. */
export function toWeekTicks(weeks: Week[]): Tick[] {
  const isFew = weeks.length <= 10;
  return weeks.flatMap(({ monday }, index) =>
    isFew || Number(monday.slice(8)) <= WEEK ? [{ index, word: dayWord(monday) }] : [],
  );
}
