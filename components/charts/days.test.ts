import { expect, test } from "vitest";
import { dayAndYear, toDayTicks } from "./days.ts";

const daysFrom = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(first) + index * 86_400_000).toISOString().slice(0, 10),
  );

test("a day keeps its date wherever the reader is", () => {
  expect(dayAndYear("2026-01-01")).toBe("1 Jan 2026");
});

test("a few days all have their word, some weeks their Mondays, long times the firsts of the months", () => {
  expect(toDayTicks(daysFrom("2026-11-23", 2))).toEqual([
    { index: 0, word: "23 Nov" },
    { index: 1, word: "24 Nov" },
  ]);
  expect(toDayTicks(daysFrom("2026-10-26", 30)).map(({ word }) => word)).toEqual([
    "26 Oct",
    "2 Nov",
    "9 Nov",
    "16 Nov",
    "23 Nov",
  ]);
  expect(toDayTicks(daysFrom("2025-11-20", 100)).map(({ word }) => word)).toEqual(["Dec", "Jan 2026", "Feb"]);
});
