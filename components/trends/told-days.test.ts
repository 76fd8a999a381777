import { expect, test } from "vitest";
import { aTrend } from "#testing/a-trend.ts";
import { withToldDays } from "./told-days.ts";

test("no day after the moment that a trend is told of is known", () => {
  const trend = { ...aTrend("2026-11-22", "2026-11-24"), asOf: "2026-11-23T06:12:00.000Z" };
  expect(withToldDays(trend).days.map(({ known }) => known)).toEqual([true, true, false]);
});
