import { expect, test } from "vitest";
import { toReplaySteps, weeksBetween } from "./sample-progress.ts";

const start = new Date("2025-11-24T06:00:00Z");
const end = new Date("2026-11-24T06:00:00Z");

test("a year is 53 passes a week apart that end exactly now", () => {
  const steps = toReplaySteps(weeksBetween(start, end), end);
  expect(steps.map((step) => step.week)).toEqual(Array.from({ length: 53 }, (_, week) => week));
  expect(steps.at(-1)?.at).toEqual(end);
  const gaps = steps.slice(1).map((step, index) => step.at.getTime() - (steps[index]?.at.getTime() ?? 0));
  expect(new Set(gaps)).toEqual(new Set([7 * 86_400_000]));
  expect(steps[0]?.at.getTime()).toBeGreaterThanOrEqual(start.getTime());
});

test("the passes at the quarters and at both ends are whole", () => {
  const whole = toReplaySteps(weeksBetween(start, end), end).filter((step) => step.mode === "whole");
  expect(whole.map((step) => step.week)).toEqual([0, 13, 26, 39, 52]);
});
