import { expect, test } from "vitest";
import { attemptLimit } from "./attempt-limit.ts";

const at = (ms: number) => new Date(1_000_000 + ms);

test("the limit is reached after the failures it allows, and lifts when the oldest is out of the window", () => {
  const limit = attemptLimit({ max: 2, windowMs: 1000 });
  limit.fail(at(0));
  expect(limit.isReached(at(1))).toBe(false);
  limit.fail(at(500));
  expect(limit.isReached(at(501))).toBe(true);
  expect(limit.isReached(at(999))).toBe(true);
  expect(limit.isReached(at(1000))).toBe(false);
});
