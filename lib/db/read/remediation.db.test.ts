import { beforeEach, expect, test } from "vitest";
import type { Severity } from "#lib/domain/severity.ts";
import { remediationQuerySchema } from "#lib/domain/trends.ts";
import { appDatabase } from "#testing/app-database.ts";
import { database } from "../database.ts";
import { getRemediation } from "./remediation.ts";

appDatabase();
beforeEach(async () => {
  await database().pool.query("DELETE FROM issue_clock; DELETE FROM account; DELETE FROM setting");
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
      all: { fixed: 3, findings: 0, meanDays: 35 / 3, medianDays: 4 },
      bySeverity: {
        high: { fixed: 2, findings: 0, meanDays: 2.5, medianDays: 2.5 },
        low: { fixed: 1, findings: 0, meanDays: 30, medianDays: 30 },
      },
    },
    {
      month: "2026-02-01",
      all: { fixed: 1, findings: 0, meanDays: 31, medianDays: 31 },
      bySeverity: { high: { fixed: 1, findings: 0, meanDays: 31, medianDays: 31 } },
    },
  ]);
  expect(answer.all).toEqual({ fixed: 4, findings: 0, meanDays: 16.5, medianDays: 17 });
  expect((await remediation("2026-01-01", "2026-01-31", { severity: "low" })).all?.fixed).toBe(1);
});

test("a hidden sample has no clocks", async () => {
  await clocks({ opened: "2026-01-01T00:00:00Z", closed: "2026-01-05T00:00:00Z", accountId: "sample" });
  expect((await remediation("2026-01-01", "2026-01-31")).all?.fixed).toBe(1);
  await database().prisma.setting.create({ data: { key: "sample", value: { hidden: true } } });
  expect((await remediation("2026-01-01", "2026-01-31")).all).toBeNull();
});
