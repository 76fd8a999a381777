import { z } from "zod";
import { addDays } from "./day.ts";
import { daySchema } from "./day-schema.ts";
import { type TrendDay, type Trends, trendScopeSchema } from "./trends.ts";

/** So many whole weeks tell how it goes, and so many are told of what is to come. */
const FORECAST_WEEKS = 12;
const WEEK_DAYS = 7;

/** Less than that says nothing of what is usual. */
const LEAST_WEEKS = 4;

/** Which part of all findings, and the last day that is counted; absent = today. */
export const forecastQuerySchema = trendScopeSchema.extend({ to: daySchema.optional() });
export type ForecastQuery = z.infer<typeof forecastQuerySchema>;

const rangeSchema = z.object({ low: z.number(), likely: z.number(), high: z.number() });
type Range = z.infer<typeof rangeSchema>;

/**
 * Where the number of open findings goes if each week is like the last twelve: `low` as if every one were among the best
 * in ten (the 10th percentile of their nets), `high` among the worst, `likely` the middle one. What came or went with a
 * place is in no net.
 */
export const forecastSchema = z.object({
  /** The moment that `open` is told of; null before the first sync. */
  asOf: z.iso.datetime().nullable(),
  open: z.number().int(),
  /** The days before, up to the last one that is counted, and how many were open at their end; null = nobody knows. */
  past: z.array(z.object({ day: daySchema, open: z.number().int().nullable() })),
  /** The whole weeks that were known, by their Mondays, and how many more were open at their end than at their start. */
  weeks: z.array(z.object({ monday: daySchema, net: z.number().int() })),
  /** More a week; null where too few weeks are known. */
  netPerWeek: rangeSchema.nullable(),
  /** Weeks until nothing is open; null = at that rate never. */
  weeksToZero: z
    .object({ low: z.number().nullable(), likely: z.number().nullable(), high: z.number().nullable() })
    .nullable(),
  /** The ends of the weeks to come. */
  days: z.array(rangeSchema.extend({ day: daySchema })),
});
export type Forecast = z.infer<typeof forecastSchema>;

/** The days of a trend that a forecast needs: from a Monday, and the day before it is in `before`. */
export function toForecastDays(to: string): { from: string; to: string } {
  const sinceMonday = (new Date(`${to}T00:00:00Z`).getUTCDay() + 6) % WEEK_DAYS;
  return { from: addDays(to, -sinceMonday - FORECAST_WEEKS * WEEK_DAYS), to };
}

/** What the trend of those days tells of the weeks to come. */
export function toForecast(trends: Pick<Trends, "asOf" | "firstSyncAt" | "before" | "days" | "to">): Forecast {
  const weeks = toWeeks(trends);
  const open = sum(trends.days.at(-1)?.open ?? {});
  const netPerWeek = weeks.length < LEAST_WEEKS ? null : toRange(weeks.map(({ net }) => net));
  const after = (net: number, week: number) => Math.max(0, Math.round(open + net * week));
  return {
    asOf: trends.asOf,
    open,
    past: trends.days.map(({ day, known, open: counts }) => ({ day, open: known ? sum(counts) : null })),
    weeks,
    netPerWeek,
    weeksToZero: netPerWeek && mapRange(netPerWeek, (net) => (net < 0 ? open / -net : null)),
    days:
      netPerWeek === null
        ? []
        : Array.from({ length: FORECAST_WEEKS }, (_, index) => ({
            day: addDays(trends.to, (index + 1) * WEEK_DAYS),
            ...mapRange(netPerWeek, (net) => after(net, index + 1)),
          })),
  };
}

/** Weeks that began before the first sync, or have an unknown day, tell nothing. */
function toWeeks({ days, before, firstSyncAt }: Pick<Trends, "days" | "before" | "firstSyncAt">): Forecast["weeks"] {
  const weeks: Forecast["weeks"] = [];
  for (let start = 0; start + WEEK_DAYS < days.length; start += WEEK_DAYS) {
    const own = days.slice(start, start + WEEK_DAYS);
    const monday = own[0]?.day ?? "";
    const isKnown = firstSyncAt !== null && monday > firstSyncAt.slice(0, 10) && own.every(({ known }) => known);
    if (isKnown) weeks.push({ monday, net: netOf(own, start === 0 ? before : (days[start - 1]?.open ?? {})) });
  }
  return weeks;
}

function netOf(days: TrendDay[], before: TrendDay["open"]): number {
  const places = days.reduce((total, day) => total + sum(day.scopeAdded) - sum(day.scopeLost), 0);
  return sum(days.at(-1)?.open ?? {}) - sum(before) - places;
}

function toRange(nets: number[]): Range {
  const sorted = [...nets].sort((a, b) => a - b);
  return { low: percentile(sorted, 0.1), likely: percentile(sorted, 0.5), high: percentile(sorted, 0.9) };
}

/** Between the two values that it lies between, to a tenth. */
function percentile(sorted: number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return Math.round((below + (above - below) * (place - Math.floor(place))) * 10) / 10;
}

function mapRange<T>({ low, likely, high }: Range, map: (value: number) => T): Record<keyof Range, T> {
  return { low: map(low), likely: map(likely), high: map(high) };
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
