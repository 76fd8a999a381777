import { expect, test } from "vitest";
import { isTimeZone, nextRun, type Rhythm } from "./report-schedule.ts";

const run = (rhythm: Partial<Rhythm>, after: string) =>
  nextRun({ every: "month", day: 1, hour: 9, timeZone: "UTC", ...rhythm }, new Date(after)).toISOString();

test.each([
  ["Europe/Berlin", "2026-02-15T00:00:00Z", "2026-03-01T08:00:00.000Z"],
  ["Europe/Berlin", "2026-03-15T00:00:00Z", "2026-04-01T07:00:00.000Z"],
  ["America/New_York", "2026-10-15T00:00:00Z", "2026-11-01T14:00:00.000Z"],
  ["Pacific/Auckland", "2026-01-15T00:00:00Z", "2026-01-31T20:00:00.000Z"],
  ["Pacific/Tongatapu", "2026-01-15T00:00:00Z", "2026-01-31T20:00:00.000Z"],
  ["Pacific/Honolulu", "2026-01-15T00:00:00Z", "2026-02-01T19:00:00.000Z"],
  ["Asia/Kathmandu", "2026-01-15T00:00:00Z", "2026-02-01T03:15:00.000Z"],
])("nine in the morning in %s after %s is %s, winter and summer", (timeZone, after, expected) => {
  expect(run({ timeZone }, after)).toBe(expected);
});

test("an hour that the clock leaves out is the one after it, and one that it shows twice is the first", () => {
  const sunday = { every: "week", day: 7, hour: 2, timeZone: "Europe/Berlin" } as const;
  expect(run(sunday, "2026-03-28T00:00:00Z")).toBe("2026-03-29T01:00:00.000Z");
  expect(run(sunday, "2026-10-24T00:00:00Z")).toBe("2026-10-25T00:00:00.000Z");
});

test("a quarter begins with its first month, over the new year too", () => {
  expect(run({ every: "quarter" }, "2026-10-01T09:00:00Z")).toBe("2027-01-01T09:00:00.000Z");
});

test("the moment itself is no moment after it", () => {
  expect(run({}, "2026-01-01T09:00:00Z")).toBe("2026-02-01T09:00:00.000Z");
  expect(run({}, "2026-01-01T08:59:59.999Z")).toBe("2026-01-01T09:00:00.000Z");
});

test("runs of a month are as many as the months, each at the same hour of the clock", () => {
  let at = new Date("2026-01-01T00:00:00Z");
  const hours = new Set<string>();
  for (let count = 0; count < 24; count += 1) {
    at = nextRun({ every: "month", day: 28, hour: 9, timeZone: "Europe/Berlin" }, at);
    hours.add(at.toLocaleTimeString("en-GB", { timeZone: "Europe/Berlin" }));
  }
  expect([[...hours], at.toISOString().slice(0, 7)]).toEqual([["09:00:00"], "2027-12"]);
});

test("a time zone that there is not is known for what it is", () => {
  expect(["Europe/Berlin", "UTC", "Mars/Olympus", ""].map(isTimeZone)).toEqual([true, true, false, false]);
});
