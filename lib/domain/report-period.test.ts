import { expect, test } from "vitest";
import { currentPeriod, isReportPeriod, lastOver, toPeriodTitle, toReportDays } from "./report-period.ts";

const NOW = new Date("2026-11-24T10:00:00Z");

test.each([
  ["2026-10", "2026-10-01", "2026-10-31", "2026-09-01", "2026-09-30", true],
  ["2026-01", "2026-01-01", "2026-01-31", "2025-12-01", "2025-12-31", true],
  ["2024-02", "2024-02-01", "2024-02-29", "2024-01-01", "2024-01-31", true],
  ["2026-Q3", "2026-07-01", "2026-09-30", "2026-04-01", "2026-06-30", true],
  ["2026-Q1", "2026-01-01", "2026-03-31", "2025-10-01", "2025-12-31", true],
  ["2026-11", "2026-11-01", "2026-11-24", "2026-10-01", "2026-10-24", false],
  ["2026-Q4", "2026-10-01", "2026-11-24", "2026-07-01", "2026-08-24", false],
  ["last-30-days", "2026-10-25", "2026-11-23", "2026-09-25", "2026-10-24", true],
  ["last-7-days", "2026-11-17", "2026-11-23", "2026-11-10", "2026-11-16", true],
])("%s is %s to %s, compared with %s to %s", (period, from, to, beforeFrom, beforeTo, isOver) => {
  expect(toReportDays(period, NOW)).toEqual({ from, to, before: { from: beforeFrom, to: beforeTo }, isOver });
});

test("a month that is longer than the one before is compared with all of that", () => {
  expect(toReportDays("2026-03", new Date("2026-03-31T10:00:00Z")).before).toEqual({
    from: "2026-02-01",
    to: "2026-02-28",
  });
});

test("the period that runs and the one that ended last follow the calendar over the new year", () => {
  const newYear = new Date("2027-01-01T00:00:00Z");
  expect([currentPeriod("month", newYear), lastOver("month", newYear)]).toEqual(["2027-01", "2026-12"]);
  expect([currentPeriod("quarter", newYear), lastOver("quarter", newYear)]).toEqual(["2027-Q1", "2026-Q4"]);
});

test("a period has one name", () => {
  const titles = ["2026-10", "2026-Q3", "last-30-days"].map((period) =>
    toPeriodTitle(period, toReportDays(period, NOW)),
  );
  expect(titles).toEqual(["October 2026", "Q3 2026", "30 days up to 2026-11-23"]);
});

test.each(["2026-13", "2026-00", "2026-Q5", "2026", "last-3-days", "2026-10-01", ""])("%o is no period", (text) => {
  expect(isReportPeriod(text)).toBe(false);
});
