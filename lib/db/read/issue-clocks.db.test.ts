import { beforeEach, expect, test } from "vitest";
import type { Severity } from "#lib/domain/severity.ts";
import { remediationQuerySchema, trendScopeSchema } from "#lib/domain/trends.ts";
import { appDatabase } from "#testing/app-database.ts";
import { database } from "../database.ts";
import { getOpenAge, getRemediation } from "./issue-clocks.ts";

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
      all: { fixed: 3, meanDays: 35 / 3, medianDays: 4 },
      bySeverity: {
        high: { fixed: 2, meanDays: 2.5, medianDays: 2.5 },
        low: { fixed: 1, meanDays: 30, medianDays: 30 },
      },
    },
    {
      month: "2026-02-01",
      all: { fixed: 1, meanDays: 31, medianDays: 31 },
      bySeverity: { high: { fixed: 1, meanDays: 31, medianDays: 31 } },
    },
  ]);
  expect(answer.all).toEqual({ fixed: 4, meanDays: 16.5, medianDays: 17 });
  expect((await remediation("2026-01-01", "2026-01-31", { severity: "low" })).all?.fixed).toBe(1);
});

test("an issue is as old as the whole days of its clock, and each age ends where the next begins", async () => {
  await clocks(
    { opened: "2026-04-01T00:00:00Z" },
    { opened: "2026-03-31T23:59:59Z", severity: "low" },
    { opened: "2026-03-24T00:00:00Z" },
    { opened: "2026-03-23T23:59:59Z" },
    { opened: "2025-03-31T00:00:00Z" },
    { opened: "2025-03-30T00:00:00Z" },
    { opened: "2026-01-01T00:00:00Z", closed: "2026-01-02T00:00:00Z" },
  );
  const { buckets } = await getOpenAge(trendScopeSchema.parse({}), NOW);
  expect(buckets.map(({ fromDays, toDays, issues }) => [fromDays, toDays, issues])).toEqual([
    [0, 7, 3],
    [8, 30, 1],
    [31, 90, 0],
    [91, 180, 0],
    [181, 365, 1],
    [366, null, 1],
  ]);
  expect(buckets[0]).toMatchObject({ bySeverity: { high: 2, low: 1 }, openedFrom: "2026-03-24" });
  expect(buckets[1]).toMatchObject({ openedFrom: "2026-03-01", openedTo: "2026-03-24" });
  expect(buckets[5]).toMatchObject({ openedFrom: null, openedTo: "2025-03-31" });
});

test("a hidden sample has no clocks", async () => {
  await clocks(
    { opened: "2026-01-01T00:00:00Z", closed: "2026-01-05T00:00:00Z", accountId: "sample" },
    { opened: "2026-03-30T00:00:00Z", accountId: "sample" },
  );
  const issues = async () => (await getOpenAge(trendScopeSchema.parse({}), NOW)).buckets[0]?.issues;
  expect([(await remediation("2026-01-01", "2026-01-31")).all?.fixed, await issues()]).toEqual([1, 1]);
  await database().prisma.setting.create({ data: { key: "sample", value: { hidden: true } } });
  expect([(await remediation("2026-01-01", "2026-01-31")).all, await issues()]).toEqual([null, 0]);
});
