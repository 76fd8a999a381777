import { toDay } from "#lib/domain/day.ts";
import { type Forecast, toForecast, toForecastDays } from "#lib/domain/forecast.ts";
import type { TrendScope } from "#lib/domain/trends.ts";
import { getTrends } from "./trends.ts";

/** Where the number of open findings goes, by the last twelve whole weeks. */
export async function getForecast(scope: TrendScope, now: Date): Promise<Forecast> {
  return toForecast(await getTrends({ ...scope, ...toForecastDays(toDay(now)), by: "severity" }, now));
}
