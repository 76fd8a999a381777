import { expect, test } from "vitest";
import { asOfSchema, isToCome, toInstant } from "./as-of.ts";
import { asOfOfDay } from "./as-of-day.ts";
import { faultOfDays, toDays } from "./trends.ts";

const NOW = new Date("2026-03-10T12:00:00Z");

test("a day means its last instant in UTC, an instant itself in whichever zone it is written", () => {
  expect(toInstant(asOfSchema.parse("2026-03-09")).toISOString()).toBe("2026-03-09T23:59:59.999Z");
  expect(toInstant(asOfSchema.parse("2026-03-09T08:00:00+13:00")).toISOString()).toBe("2026-03-08T19:00:00.000Z");
  expect(toInstant(asOfSchema.parse("2026-03-29T02:30:00-10:00")).toISOString()).toBe("2026-03-29T12:30:00.000Z");
});

test.each(["yesterday", "2026-02-30", "2026-03-09T08:00", "", "2026-13-01T00:00:00Z"])("%o is no moment", (text) => {
  expect(asOfSchema.safeParse(text).success).toBe(false);
});

test("today has begun and can be asked for; what comes after cannot", () => {
  expect(["2026-03-10", "2026-03-11"].map((asOf) => isToCome(asOf, NOW))).toEqual([false, true]);
  expect(isToCome("2026-03-10T12:00:00.000Z", NOW)).toBe(false);
  expect(isToCome("2026-03-10T12:00:00.001Z", NOW)).toBe(true);
});

test("a point opens its day, the last one the moment that it is told of", () => {
  const trends = { asOf: "2026-03-10T11:59:50.000Z" };
  expect(asOfOfDay("2026-03-09", trends)).toBe("2026-03-09");
  expect(asOfOfDay("2026-03-10", trends)).toBe("2026-03-10T11:59:50.000Z");
});

test("a trend is of ninety days unless told otherwise, over the ends of months and leap days", () => {
  expect(toDays({}, NOW)).toEqual({ from: "2025-12-11", to: "2026-03-10" });
  expect(toDays({ to: "2024-03-01" }, NOW)).toEqual({ from: "2023-12-03", to: "2024-03-01" });
  expect(faultOfDays({ from: "2016-03-12", to: "2026-03-10" }, NOW)).toBeNull();
});
