import { toDay } from "#lib/domain/day.ts";
import { type Forecast, type ForecastQuery, toForecast, toForecastDays } from "#lib/domain/forecast.ts";
import { getTrends } from "./trends.ts";

/**
 * Where the number of open findings goes, by the last twelve whole weeks before today, or before a day of the past.
 * Throws AppError invalid-input for a day to come.
 */
export async function getForecast({ to, ...scope }: ForecastQuery, now: Date): Promise<Forecast> {
  return toForecast(await getTrends({ ...scope, ...toForecastDays(to ?? toDay(now)), by: "severity" }, now));
}
