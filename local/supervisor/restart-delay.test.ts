import { expect, test } from "vitest";
import { restartDelayMs } from "./restart-delay.ts";

test("a process that keeps dying is started ever more rarely, half a minute apart at most", () => {
  const delays: number[] = [];
  for (let previous: number | null = null; delays.length < 7; delays.push(previous))
    previous = restartDelayMs(previous, 0);
  expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

test("a process that ran for a minute is started again soon", () => {
  expect(restartDelayMs(30_000, 60_000)).toBe(1_000);
});
