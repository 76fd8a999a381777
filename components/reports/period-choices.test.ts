import { expect, test } from "vitest";
import { toPeriodChoices } from "./period-choices.ts";

test("the month that ended last is offered first, and each period once", () => {
  const choices = toPeriodChoices(new Date("2027-01-15T10:00:00Z"));
  expect(choices.slice(0, 4).map(({ label }) => label)).toEqual([
    "December 2026",
    "January 2027, so far",
    "Q4 2026",
    "Q1 2027, so far",
  ]);
  const periods = choices.map(({ period }) => period);
  expect(new Set(periods).size).toBe(periods.length);
  expect(periods).toEqual(expect.arrayContaining(["2026-11", "2026-01", "2026-Q3", "2026-Q1"]));
});
