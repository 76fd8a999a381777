import { expect, test } from "vitest";
import { spread } from "./spread.ts";

const room = { top: 20, bottom: 240 };

test("labels that have room stay where they belong", () => {
  expect(spread([200, 150, 100], 19, room)).toEqual([200, 150, 100]);
});

test("labels too close are moved up, one above the other, and none below the chart", () => {
  expect(spread([250, 245, 100], 19, room)).toEqual([240, 221, 100]);
});

test("labels at the top are moved down again, and none above the chart", () => {
  expect(spread([100, 25, 24, 23], 19, room)).toEqual([100, 58, 39, 20]);
});
