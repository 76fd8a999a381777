import { expect, test } from "vitest";
import { spread } from "./spread.ts";

test("labels that have room stay where they belong", () => {
  expect(spread([200, 150, 100], 19, 240)).toEqual([200, 150, 100]);
});

test("labels too close are moved up, one above the other, and none below the chart", () => {
  expect(spread([250, 245, 100], 19, 240)).toEqual([240, 221, 100]);
});
