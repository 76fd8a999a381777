import { expect, test } from "vitest";
import { toDayMetrics } from "./day-metrics.ts";

const quiet = { opened: 0, reopened: 0, closed: 0, daysToClose: 0 };

test("what was open before the span is open in it, and the mean goes over all that were closed", () => {
  const days = toDayMetrics(
    [
      { ...quiet, day: "2026-01-01", severity: "High", opened: 5, closed: 1, daysToClose: 1 },
      { ...quiet, day: "2026-01-03", severity: "High", reopened: 1, closed: 2, daysToClose: 8 },
      { ...quiet, day: "2026-01-03", severity: "Low", opened: 1 },
    ],
    "2026-01-02",
    "2026-01-04",
  );
  expect(days.map(({ day }) => day)).toEqual(["2026-01-02", "2026-01-03", "2026-01-04"]);
  expect(days.map(({ openFindings }) => openFindings.high)).toEqual([4, 3, 3]);
  expect(days.map(({ meanTimeToClose }) => meanTimeToClose.high)).toEqual([1, 3, 3]);
  expect(days.map(({ newFindings }) => [newFindings.high, newFindings.low])).toEqual([
    [0, 0],
    [0, 1],
    [0, 0],
  ]);
});
