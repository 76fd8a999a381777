import { dayAndYear, dayWord } from "#components/charts/days.ts";
import type { Step } from "#components/charts/series.ts";
import { countOf } from "#components/ui/numbers.ts";
import { openListAddress } from "#lib/client/list-address.ts";
import { asOfOfDay, type TrendDay, type TrendScope, type Trends } from "#lib/domain/trends.ts";
import { type Band, sumOfKeys } from "./series-of.ts";

/** The days of a trend as steps of a chart: each leads to the list of what was open at its end. */
export function toOpenSteps(trends: Trends, bands: Band[], scope: TrendScope): Step[] {
  return trends.days.map((day) => ({
    label: dayWord(day.day),
    title: dayAndYear(day.day),
    isPartial: day.known && day.unknownScopes > 0,
    note: noteOf(day, trends),
    values: day.known ? Object.fromEntries(bands.map(({ key, keys }) => [key, sumOfKeys(day.open, keys)])) : null,
    href: day.known ? openListAddress(scope, { asOf: asOfOfDay(day.day, trends) }) : null,
  }));
}

function noteOf({ day, known, unknownScopes }: TrendDay, { firstSyncAt, asOf }: Trends): string | null {
  if (known) return unknownScopes > 0 ? `${countOf(unknownScopes, "place")} not read, at the last value` : null;
  if (firstSyncAt === null || day < firstSyncAt.slice(0, 10)) return "Before the first sync";
  return asOf !== null && day > asOf.slice(0, 10) ? "Still to come" : "No sync";
}
