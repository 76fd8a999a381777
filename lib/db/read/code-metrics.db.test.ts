import { expect, test } from "vitest";
import { codeMetricsQuerySchema } from "#lib/domain/code-metrics.ts";
import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding-words.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { appDatabase } from "#testing/app-database.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { startPass, wholePass } from "#testing/sync-passes.ts";
import { saveObservedFindings } from "../write/observed-findings.ts";
import { ensureScannerConnection } from "../write/scanner-connection.ts";
import { finishSyncRun } from "../write/sync-run.ts";
import { getCodeMetrics } from "./code-metrics.ts";

appDatabase();

const NOW = new Date("2026-02-01T00:00:00Z");
const january = (day: number) => new Date(Date.UTC(2026, 0, day));

function aCodeFinding(overrides: Partial<ObservedFinding> & { detector: string; scanName: string }): ObservedFinding {
  const { detector, ...rest } = overrides;
  return anObservedFinding({
    accountId: INSTALLATION_ACCOUNT_ID,
    region: "local",
    type: "code",
    packages: [],
    vulnerability: { name: detector, kind: "detector", title: detector },
    firstObservedAt: january(1),
    updatedAt: january(1),
    ...rest,
  });
}

/** What a scan reports, as it comes in. */
async function scan(day: number, observed: ObservedFinding[]): Promise<void> {
  const pass = await startPass(await ensureScannerConnection("local"), "whole", january(day).toISOString());
  await saveObservedFindings(pass, observed);
  await finishSyncRun(pass);
}

test("the views of CodeGuru Security's dashboard count code scans by its definitions", async () => {
  const closing = aCodeFinding({ detector: "sql-injection", scanName: "api", severity: "critical" });
  const quick = aCodeFinding({ detector: "weak-hash", scanName: "web", severity: "high", firstObservedAt: january(9) });
  await wholePass(await aConnection(), january(1).toISOString(), [anObservedFinding()]);
  await scan(1, [
    closing,
    aCodeFinding({ detector: "sql-injection", scanName: "api", severity: "critical" }),
    aCodeFinding({ detector: "weak-hash", scanName: "api", severity: "medium" }),
    aCodeFinding({ detector: "style", scanName: "api", severity: "info" }),
  ]);
  await scan(9, [quick]);
  await scan(11, [
    { ...closing, status: "closed", updatedAt: january(11) },
    { ...quick, status: "closed", updatedAt: january(11) },
    aCodeFinding({ detector: "style", scanName: "web", severity: "info" }),
  ]);
  const range = codeMetricsQuerySchema.parse({ from: "2026-01-08", to: "2026-01-14" });
  const { findings, fixes } = await getCodeMetrics(range, NOW);
  expect(findings).toMatchObject({
    open: { value: 2 },
    critical: { value: 1 },
    distribution: { critical: 1, medium: 1 },
    topVulnerabilities: [
      { detectorId: "sql-injection", findings: 1 },
      { detectorId: "weak-hash", findings: 1 },
    ],
    mostOpen: [{ scanName: "api", findings: 2 }],
    mostCritical: [{ scanName: "api", findings: 1 }],
  });
  expect(fixes).toMatchObject({
    closed: { value: 2, before: 0 },
    opened: { value: 1, before: 3 },
    averageDaysToClose: { value: 6, before: null },
    averageDaysBySeverity: { critical: 10, high: 2 },
  });
  expect(fixes.days.map(({ open }) => open)).toEqual([3, 4, 4, 2, 2, 2, 2]);
  const critical = await getCodeMetrics({ ...range, severity: ["critical"] }, NOW);
  expect(critical.fixes).toMatchObject({
    closed: { value: 1 },
    opened: { value: 0 },
    averageDaysToClose: { value: 10 },
  });
});

test("before the first code scan nothing is known, and there is nothing to compare with", async () => {
  const range = codeMetricsQuerySchema.parse({ from: "2025-12-30", to: "2026-01-02" });
  const { fixes } = await getCodeMetrics(range, NOW);
  expect(fixes.days.map(({ day, known, open }) => [day, known, open])).toEqual([
    ["2025-12-30", false, 0],
    ["2025-12-31", false, 0],
    ["2026-01-01", true, 3],
    ["2026-01-02", true, 3],
  ]);
  expect([fixes.closed, fixes.opened.before]).toEqual([{ value: 0, before: null }, null]);
});
