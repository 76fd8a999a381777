import { endOfDay } from "./day.ts";
import type { Trends } from "./trends.ts";

/** The `asOf` under which a list shows exactly what a trend counts at the end of a day. */
export function asOfOfDay(day: string, trends: Pick<Trends, "asOf">): string {
  return trends.asOf !== null && endOfDay(day).toISOString() > trends.asOf ? trends.asOf : day;
}
