import { expect, test } from "vitest";
import { toScaleStart, toStepScale, toValueScale } from "./frame.ts";

const frame = { left: 40, right: 140, top: 10, bottom: 110, isNarrow: false };

test("values begin at zero and end at the next whole step, with few lines", () => {
  const y = toValueScale(frame, [3_110, 6_800]);
  expect(y.whole).toEqual([0, 2_000, 4_000, 6_000, 8_000]);
  expect([y(0), y(8_000)]).toEqual([110, 10]);
});

test("what goes below zero has its room without making that above as large", () => {
  expect(toValueScale(frame, [-620, 440]).whole).toEqual([-1_000, -500, 0, 500]);
});

test("nothing but zeros still has a scale, of whole numbers", () => {
  expect(toValueScale(frame, [0, 0]).whole).toEqual([0, 1]);
  expect(toValueScale(frame, []).whole).toEqual([0, 1]);
});

test("shares of one have a whole number above them", () => {
  expect(toValueScale(frame, [0.2, 0.3]).whole).toEqual([0, 1]);
});

test("one step alone stands in the middle", () => {
  expect(toStepScale(frame, 1)(0)).toBe(90);
  expect(toStepScale(frame, 3)(2)).toBe(140);
});

test("totals that lie close together are not drawn from zero, but from a round number below them", () => {
  expect(toScaleStart([11_620, 11_900, 11_480])).toBe(11_300);
  expect(toScaleStart([40, 100, 70])).toBe(0);
  expect(toScaleStart([2_089, 4_131, 2_429])).toBe(0);
  expect(toScaleStart([7, 7])).toBe(0);
  expect(toScaleStart([3, -2])).toBe(-2);
});
