import { expect, test } from "vitest";
import { toRuns } from "./runs.ts";

test("steps are cut where knowing begins and ends", () => {
  expect(toRuns([false, true, true, false, true])).toEqual([
    { from: 0, to: 0, isKnown: false },
    { from: 1, to: 2, isKnown: true },
    { from: 3, to: 3, isKnown: false },
    { from: 4, to: 4, isKnown: true },
  ]);
});

test("no steps make no run", () => {
  expect(toRuns([])).toEqual([]);
});
