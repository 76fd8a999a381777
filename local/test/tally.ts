import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

/** How many tests ended well, and how many did not. */
export type Tally = { passed: number; failed: number };

const vitestReportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});
const playwrightReportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
});

/** What Vitest's JSON report says. A file that could not even be loaded holds no test and counts as one failure. */
export function tallyVitest(report: unknown): Tally {
  const { numPassedTests, numFailedTests, testResults } = vitestReportSchema.parse(report);
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((assertion) => assertion.status === "failed"),
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

/** What Playwright's JSON report says. A test that passed only when repeated is a failure, as is a fault outside tests. */
export function tallyPlaywright(report: unknown): Tally {
  const { stats, errors } = playwrightReportSchema.parse(report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

/**
 * A runner's tally from the report it wrote. A runner that failed counts at least one failure, even where it wrote
 * no report or one without.
 */
export function readTally(file: string, toTally: (report: unknown) => Tally, hasFailed: boolean): Tally {
  const tally = existsSync(file) ? toTally(JSON.parse(readFileSync(file, "utf8"))) : { passed: 0, failed: 0 };
  return hasFailed ? { ...tally, failed: Math.max(tally.failed, 1) } : tally;
}
