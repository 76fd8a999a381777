import { beforeEach, expect, test } from "vitest";
import { findingConditionsSchema } from "#lib/domain/finding-filter.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { remediationQuerySchema } from "#lib/domain/trends.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { incrementalPass, wholePass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { countFindings } from "./list-findings.ts";
import { getRemediation } from "./remediation.ts";

appDatabase();
beforeEach(async () => {
  await clearFindings();
  await database().pool.query("DELETE FROM setting");
  await database().prisma.account.createMany({ data: [{ id: "own" }, { id: "sample", isSample: true }] });
});

type Clock = { opened: string; closed?: string; severity?: Severity; isFix?: boolean; accountId?: string };

async function clocks(...all: Clock[]): Promise<void> {
  await database().prisma.issueClock.createMany({
    data: all.map(({ opened, closed, severity = "high", isFix = closed !== undefined, accountId = "own" }, n) => ({
      accountId,
      issueId: `00000000-0000-8000-8000-${String(n).padStart(12, "0")}`,
      number: 1,
      source: "inspector",
      type: "package",
      severity,
      openedAt: new Date(opened),
      closedAt: closed === undefined ? null : new Date(closed),
      isFix,
    })),
  });
}

const NOW = new Date("2026-03-31T12:00:00Z");
const remediation = (from: string, to: string, more = {}) =>
  getRemediation(remediationQuerySchema.parse({ from, to, ...more }), NOW);

test("mean and median count whole days of real fixes, in the month of the fix", async () => {
  await clocks(
    { opened: "2026-01-01T00:00:00Z", closed: "2026-01-02T23:00:00Z" },
    { opened: "2026-01-01T00:00:00Z", closed: "2026-01-05T00:00:00Z" },
    { opened: "2026-01-01T00:00:00Z", closed: "2026-01-31T23:59:59Z", severity: "low" },
    { opened: "2026-01-01T00:00:00Z", closed: "2026-02-01T00:00:00Z" },
    { opened: "2026-01-01T00:00:00Z", closed: "2026-01-02T00:00:00Z", isFix: false },
    { opened: "2026-01-01T00:00:00Z" },
  );
  const answer = await remediation("2025-12-15", "2026-02-10");
  expect(answer.months).toEqual([
    { month: "2025-12-01", all: null, bySeverity: {} },
    {
      month: "2026-01-01",
      all: { fixed: 3, findings: 0, meanDays: 35 / 3, medianDays: 4, p90Days: 30 },
      bySeverity: {
        high: { fixed: 2, findings: 0, meanDays: 2.5, medianDays: 2.5, p90Days: 4 },
        low: { fixed: 1, findings: 0, meanDays: 30, medianDays: 30, p90Days: 30 },
      },
    },
    {
      month: "2026-02-01",
      all: { fixed: 1, findings: 0, meanDays: 31, medianDays: 31, p90Days: 31 },
      bySeverity: { high: { fixed: 1, findings: 0, meanDays: 31, medianDays: 31, p90Days: 31 } },
    },
  ]);
  expect(answer.all).toEqual({ fixed: 4, findings: 0, meanDays: 16.5, medianDays: 17, p90Days: 31 });
  expect((await remediation("2026-01-01", "2026-01-31", { severity: "low" })).all?.fixed).toBe(1);
});

test("a hidden sample has no clocks", async () => {
  await clocks({ opened: "2026-01-01T00:00:00Z", closed: "2026-01-05T00:00:00Z", accountId: "sample" });
  expect((await remediation("2026-01-01", "2026-01-31")).all?.fixed).toBe(1);
  await database().prisma.setting.create({ data: { key: "sample", value: { hidden: true } } });
  expect((await remediation("2026-01-01", "2026-01-31")).all).toBeNull();
});

test("a fix brings along every finding of its issue, once a month however often it was fixed", async () => {
  const connectionId = await aConnection();
  const on = (day: string) => new Date(`2026-01-${day}T00:00:00Z`);
  const image = (tag: string) => ({ id: `api/${tag}`, lineage: "image:api" });
  const findings = ["one", "two"].map((tag) => anObservedFinding({ resource: image(tag), updatedAt: on("01") }));
  await wholePass(connectionId, on("01").toISOString(), findings);
  for (const [status, day] of [
    ["closed", "05"],
    ["active", "15"],
    ["closed", "20"],
  ] as const) {
    const seen = findings.map((finding) => ({ ...finding, status, updatedAt: on(day) }));
    await incrementalPass(connectionId, on(day).toISOString(), seen);
  }
  await database().pool.query("UPDATE issue_clock SET is_fix = true WHERE closed_at IS NOT NULL");
  const { asOf, months, all } = await remediation("2026-01-01", "2026-02-28");
  expect([months.map((month) => month.all?.findings), all?.findings, all?.fixed]).toEqual([[2, undefined], 2, 2]);
  const list = { issueFixedFrom: "2026-01-01", issueFixedTo: "2026-02-01", asOf: asOf ?? undefined };
  expect((await countFindings(findingConditionsSchema.parse(list))).count).toBe(2);
});
