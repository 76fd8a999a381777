import { expect, test } from "vitest";
import { formatAge, formatAsOf, formatClock, formatDay, formatExact, formatRelative } from "./times.ts";

const now = new Date("2026-11-24T06:12:00Z");
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

test("an instant is relative below 30 days and a day after that, in both directions", () => {
  const spoken = [0, 0.5, 6, 48, 24 * 29, 24 * 30, -72].map((hours) => formatRelative(ago(hours), now));
  expect(spoken).toEqual(["now", "30 min ago", "6 h ago", "2 d ago", "29 d ago", "25 Oct", "in 3 d"]);
});

test("a day of another year carries its year", () => {
  expect(formatDay(new Date("2025-04-01T12:00:00Z"), now)).toBe("1 Apr 2025");
});

test("an age counts whole units and is never negative", () => {
  expect([ago(0.01), ago(5), ago(24 * 419), ago(-1)].map((at) => formatAge(at, now))).toEqual([
    "1 min",
    "5 h",
    "419 d",
    "1 min",
  ]);
});

test("a bare clock time carries its zone, and its day once it is older than one", () => {
  expect(formatClock(now)).toBe("06:12 UTC");
  expect(formatAsOf(ago(3), now)).toBe("03:12 UTC");
  expect(formatAsOf(ago(31), now)).toBe("22 Nov, 23:12 UTC");
});

test("the exact instant is told in the reader's zone, with its name", () => {
  expect(formatExact(now, "UTC")).toBe("24 Nov 2026, 06:12:00 UTC");
  expect(formatExact(now, "Asia/Tokyo")).toBe("24 Nov 2026, 15:12:00 GMT+9");
  expect(formatExact(now, "UTC")).toBe("24 Nov 2026, 06:12:00 UTC");
});
