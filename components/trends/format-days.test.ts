import { expect, test } from "vitest";
import { formatDays } from "./format-days.ts";

test("a duration is told in the unit that says most", () => {
  expect([0.25, 2.5, 12.4, 1_234].map(formatDays)).toEqual(["6 h", "2.5 d", "12 d", "1,234 d"]);
});
