import { expect, test } from "vitest";
import { readTally, tallyPlaywright, tallyVitest } from "./tally.ts";

test("a test file that cannot be loaded is a failure", () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { status: "passed", assertionResults: [{ status: "passed" }] },
      { status: "failed", assertionResults: [{ status: "passed" }, { status: "failed" }] },
      { status: "failed", assertionResults: [] },
    ],
  };
  expect(tallyVitest(report)).toEqual({ passed: 3, failed: 2 });
});

test("a browser test that passed only the second time is a failure", () => {
  const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [] };
  expect(tallyPlaywright(report)).toEqual({ passed: 5, failed: 2 });
});

test("a runner that failed without a report is never counted as clean", () => {
  expect(readTally("/nowhere/report.json", tallyVitest, true)).toEqual({ passed: 0, failed: 1 });
});
