import { afterEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { finishSyncRun } from "#lib/db/write/sync-run.ts";
import { type NewReport, newReportSchema, reportContentSchema } from "#lib/domain/period-report.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { startPass, wholePass } from "#testing/sync-passes.ts";
import { tellReport } from "./tell-report.ts";

appDatabase();
afterEach(async () => {
  await clearFindings();
  await database().pool.query("DELETE FROM setting; DELETE FROM team");
});

const NOW = new Date("2026-03-10T12:00:00Z");
const tell = (wanted: Partial<NewReport> & { period: string }, now = NOW) =>
  tellReport(newReportSchema.parse(wanted), now);

const [critical, high, late] = [
  anObservedFinding({ severity: "critical", title: "one", cve: "CVE-2026-0001" }),
  anObservedFinding({ severity: "high", title: "two", cve: "CVE-2026-0002" }),
  anObservedFinding({ severity: "high", title: "three", cve: "CVE-2026-0003" }),
];

/** In January two are found; in February one of them is gone and another is found. */
async function twoMonths(): Promise<string> {
  const connectionId = await aConnection();
  await wholePass(connectionId, "2026-01-05T06:00:00Z", [critical, high]);
  await wholePass(connectionId, "2026-01-31T06:00:00Z", [critical, high]);
  await wholePass(connectionId, "2026-02-10T06:00:00Z", [high, late]);
  await wholePass(connectionId, "2026-02-28T06:00:00Z", [high, late]);
  return connectionId;
}

test("a month says what was open before and after it, and its bars make the difference", async () => {
  await twoMonths();
  const { open, bars, asOf, isOver, from, series, movers, ages } = await tell({ period: "2026-02" });
  expect([from, asOf, isOver]).toEqual(["2026-01-31T23:59:59.999Z", "2026-02-28T23:59:59.999Z", true]);
  expect(open).toEqual({ before: { critical: 1, high: 1 }, after: { critical: 0, high: 2 } });
  expect(bars.reduce((sum, { net }) => sum + net, 0)).toBe(0);
  expect(bars.find(({ reason }) => reason === "new")).toMatchObject({ added: 1, netBySeverity: { high: 1 } });
  expect(series).toHaveLength(28);
  expect(series.at(-1)?.open).toEqual({ high: 2 });
  expect(ages.reduce((sum, { findings }) => sum + findings, 0)).toBe(2);
  expect(movers.find(({ by }) => by === "cve")?.movers).toHaveLength(2);
});

test("what is said of a month that is over is the same after more syncs, and is what its schema says", async () => {
  const connectionId = await twoMonths();
  const first = await tell({ period: "2026-02" });
  expect(reportContentSchema.parse(JSON.parse(JSON.stringify(first)))).toEqual(first);
  await wholePass(connectionId, "2026-03-05T06:00:00Z", []);
  const { coverage: _, ...again } = await tell({ period: "2026-02" });
  const { coverage: __, ...before } = first;
  expect(again).toEqual(before);
});

test("a month that runs is told as of what is settled, against as many days of the month before", async () => {
  await twoMonths();
  const { asOf, isOver, days, before } = await tell({ period: "2026-03" });
  expect([isOver, days, before]).toEqual([
    false,
    { from: "2026-03-01", to: "2026-03-10" },
    { from: "2026-02-01", to: "2026-02-10" },
  ]);
  expect(asOf <= "2026-03-10T23:59:59.999Z").toBe(true);
});

test("of before the first sync nothing is said, and it is no improvement", async () => {
  await twoMonths();
  const { open, barsBefore } = await tell({ period: "2026-01" });
  expect([open.before, barsBefore]).toEqual([null, null]);
});

test("a scope by severity leaves out what is not known by severity", async () => {
  await twoMonths();
  const { open, coverage, exceptions } = await tell({
    period: "2026-02",
    scope: { severity: ["high"], source: [], accountId: [], team: [] },
  });
  expect([open, coverage, exceptions]).toEqual([{ before: { high: 1 }, after: { high: 2 } }, null, null]);
});

test("what no team has is a scope too", async () => {
  await twoMonths();
  const { coverage, names } = await tell({
    period: "2026-02",
    scope: { severity: [], source: [], accountId: [], team: ["@none"] },
  });
  expect([coverage, names]).toEqual([null, { "@none": "nobody" }]);
});

test.each([
  ["2027-01", "invalid-input", "It has not begun"],
  ["2025-11", "gone", "The first sync was at 2026-01-05T06:00:00.000Z"],
])("of %s nothing can be told, and why is said", async (period, code, message) => {
  await twoMonths();
  await expect(tell({ period })).rejects.toMatchObject({ code, faults: [{ field: "period", message }] });
});

test("while a sync runs that began in the month, it is not told: it would be told otherwise later", async () => {
  const connectionId = await twoMonths();
  const pass = await startPass(connectionId, "whole", "2026-02-28T23:00:00Z");
  await expect(tell({ period: "2026-02" })).rejects.toMatchObject({ code: "conflict" });
  await finishSyncRun(pass);
  await expect(tell({ period: "2026-02" })).resolves.toMatchObject({ asOf: "2026-02-28T23:59:59.999Z" });
});

test("without any sync there is no report", async () => {
  await expect(tell({ period: "2026-02" })).rejects.toMatchObject({ code: "gone" });
});

test("an account and a team that there are not are named", async () => {
  await twoMonths();
  const scope = { severity: [], source: [], accountId: ["999999999999"], team: ["nobody"] };
  await expect(tell({ period: "2026-02", scope })).rejects.toMatchObject({
    code: "invalid-input",
    faults: [
      { field: "scope.accountId", message: "No account 999999999999" },
      { field: "scope.team", message: "No team nobody" },
    ],
  });
});
