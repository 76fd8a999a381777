import { expect, test } from "vitest";
import { failOnSchema, toScanGate } from "./scan-gate.ts";

test.each([
  [{}, true, "No new finding is critical or high. The gate allows no new critical or high."],
  [{ medium: 4, low: 2 }, true, "No new finding is critical or high. The gate allows no new critical or high."],
  [{ critical: 1, low: 3 }, false, "1 new finding is critical. The gate allows no new critical or high."],
  [{ critical: 2, high: 1 }, false, "2 new findings are critical and 1 high. The gate allows no new critical or high."],
])("of the new findings %j it says so in words", (counts, passed, verdict) => {
  expect(toScanGate(counts, failOnSchema.parse(undefined))).toEqual({ passed, failOn: "high", counts, verdict });
});

test.each([
  ["critical", { high: 9 }, true],
  ["critical", { critical: 1 }, false],
  ["medium", { medium: 1 }, false],
  ["medium", { low: 1 }, true],
  ["info", { info: 1 }, false],
] as const)("from %s on, %j passes: %s", (failOn, counts, passed) => {
  expect(toScanGate(counts, failOn).passed).toBe(passed);
});

test("a gate cannot be set to what no scanner tells", () => {
  expect(failOnSchema.safeParse("untriaged").success).toBe(false);
});
