import { dayAndYear, dayWord } from "#components/charts/days.ts";
import type { Step } from "#components/charts/series.ts";
import { countOf } from "#components/ui/numbers.ts";
import { openListAddress } from "#lib/client/list-address.ts";
import { asOfOfDay } from "#lib/domain/as-of-day.ts";
import { addDays } from "#lib/domain/day.ts";
import type { FindingFilter } from "#lib/domain/finding-filter.ts";
import type { TrendDay, TrendScope, Trends } from "#lib/domain/trends.ts";
import { type Band, sumOfKeys } from "./series-of.ts";

/** The days of a trend as steps of a chart: each leads to the list of what was open at its end. */
export function toOpenSteps(trends: Trends, bands: Band[], scope: TrendScope): Step[] {
  return trends.days.map((day) => ({
    label: dayWord(day.day),
    title: dayAndYear(day.day),
    isPartial: day.known && day.unknownScopes > 0,
    note: noteOf(day, trends),
    values: day.known ? Object.fromEntries(bands.map(({ key, keys }) => [key, sumOfKeys(day.open, keys)])) : null,
    apart: isBeforeFirstSync(day, trends) ? { name: STILL_OPEN, value: stillOpenOf(day, bands) } : null,
    href: listAddress(day, trends, scope),
    span: { from: day.day, to: day.day },
  }));
}

/** What is known of the time before the first sync, and what it is called. */
export const STILL_OPEN = "Still open today, first observed then";

export const isBeforeFirstSync = ({ day, known }: TrendDay, { firstSyncAt }: Pick<Trends, "firstSyncAt">): boolean =>
  !known && firstSyncAt !== null && day < firstSyncAt.slice(0, 10);

const stillOpenOf = ({ stillOpen }: TrendDay, bands: Band[]): number =>
  bands.reduce((sum, { keys }) => sum + sumOfKeys(stillOpen, keys), 0);

/** A scope, or a band of it. */
export type Narrowed = Partial<TrendScope & Pick<FindingFilter, "resourceType">>;

/** The list of what was open at the end of a day; before the first sync, of what is still open of it; null = nobody knows. */
export function listAddress(day: TrendDay, trends: Trends, scope: Narrowed): string | null {
  if (day.known) return openListAddress(scope, { asOf: asOfOfDay(day.day, trends) });
  if (!isBeforeFirstSync(day, trends) || trends.asOf === null) return null;
  return openListAddress(scope, { firstObservedTo: addDays(day.day, 1), asOf: trends.asOf });
}

function noteOf({ day, known, unknownScopes }: TrendDay, { firstSyncAt, asOf }: Trends): string | null {
  if (known) return unknownScopes > 0 ? `${countOf(unknownScopes, "place")} not read, at the last value` : null;
  if (firstSyncAt === null || day < firstSyncAt.slice(0, 10)) return "Before the first sync";
  return asOf !== null && day > asOf.slice(0, 10) ? "Still to come" : "No sync";
}
