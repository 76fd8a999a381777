import { beforeEach, expect, test } from "vitest";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { incrementalPass, startPass, wholePass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { closeUnseenFindings } from "./closing.ts";
import { closeUnseenCoverage, saveObservedCoverage } from "./observed-coverage.ts";
import { saveObservedFindings } from "./observed-findings.ts";
import { finishSyncRun } from "./sync-run.ts";
import { verifyRollups } from "./verify-rollups.ts";

appDatabase();

let connectionId: string;
beforeEach(async () => {
  await clearFindings();
  connectionId = await aConnection();
});

const on = (day: string) => new Date(`2026-${day}T00:00:00Z`);
const image = (tag: string) => ({ id: `repository/api/${tag}`, lineage: "image:api" });

test("an issue counts its findings and is as severe as its worst active one", async () => {
  const findings = [
    anObservedFinding({ severity: "low" }),
    anObservedFinding({ severity: "high" }),
    anObservedFinding({ severity: "critical", status: "suppressed" }),
    anObservedFinding({ severity: "critical", status: "closed" }),
  ];
  await wholePass(connectionId, "2026-01-10T00:00:00Z", findings);
  expect(await issue()).toEqual({ severity: "high", active_findings: 2, open_findings: 3, clock: 1 });
});

test("a finding that is back within seven days resumes the clock, a later one starts another", async () => {
  const finding = anObservedFinding({ firstObservedAt: on("01-01"), updatedAt: on("01-01") });
  await wholePass(connectionId, "2026-01-01T00:00:00Z", [finding]);
  const turns = [
    ["closed", "01-10"],
    ["active", "01-17"],
    ["closed", "01-20"],
    ["active", "01-28"],
  ] as const;
  for (const [status, day] of turns) {
    await incrementalPass(connectionId, on(day).toISOString(), [{ ...finding, status, updatedAt: on(day) }]);
  }
  expect(await clocks()).toEqual([
    { number: 1, opened_at: on("01-01"), closed_at: on("01-20"), is_fix: false },
    { number: 2, opened_at: on("01-28"), closed_at: null, is_fix: false },
  ]);
  expect(await issue()).toMatchObject({ clock: 2 });
  expect(await verifyRollups()).toEqual([]);
});

test("a rebuilt image without the vulnerability is a fix, although the old image is gone", async () => {
  const old = anObservedFinding({ resource: image("old"), firstObservedAt: on("01-01") });
  await wholePass(connectionId, "2026-01-01T00:00:00Z", [old]);
  await passWithCoverage("2026-01-11T00:00:00Z", [], "repository/api/new");
  expect(await clocks()).toEqual([{ number: 1, opened_at: on("01-01"), closed_at: on("01-11"), is_fix: true }]);
  const { rows } = await database().pool.query("SELECT month::text, days, n FROM remediation_histogram WHERE n > 0");
  expect(rows).toEqual([{ month: "2026-01-01", days: 10, n: 1 }]);
  expect(await verifyRollups()).toEqual([]);
});

test("an image that is gone with its whole lineage is no fix", async () => {
  await wholePass(connectionId, "2026-01-01T00:00:00Z", [anObservedFinding({ resource: image("old") })]);
  const other = anObservedFinding({ resource: { id: "repository/web/1", lineage: "image:web" } });
  await passWithCoverage("2026-01-11T00:00:00Z", [other], "repository/web/1", "image:web");
  expect((await clocks()).filter(({ closed_at }) => closed_at !== null)).toMatchObject([{ is_fix: false }]);
});

test("a rebuilt image that still has the vulnerability keeps the clock running", async () => {
  await wholePass(connectionId, "2026-01-01T00:00:00Z", [
    anObservedFinding({ resource: image("old"), firstObservedAt: on("01-01") }),
  ]);
  const rebuilt = anObservedFinding({ resource: image("new"), firstObservedAt: on("01-11"), updatedAt: on("01-11") });
  await passWithCoverage("2026-01-11T00:00:00Z", [rebuilt], "repository/api/new");
  expect(await clocks()).toEqual([{ number: 1, opened_at: on("01-01"), closed_at: null, is_fix: false }]);
});

test("whether a clock ended in a fix does not change when its resources change later", async () => {
  await wholePass(connectionId, "2026-01-01T00:00:00Z", [anObservedFinding({ resource: image("old") })]);
  await passWithCoverage("2026-01-11T00:00:00Z", [], "repository/api/new");
  await passWithCoverage("2026-01-12T00:00:00Z", [], "repository/other/1", "image:other");
  expect(await clocks()).toMatchObject([{ is_fix: true }]);
});

test("what a clock was known to say stays, whatever is learned later", async () => {
  const finding = anObservedFinding({ firstObservedAt: on("01-05"), updatedAt: on("01-05"), resource: image("one") });
  const older = anObservedFinding({ firstObservedAt: on("01-01"), updatedAt: on("01-01"), resource: image("two") });
  await wholePass(connectionId, "2026-01-06T00:00:00Z", [finding]);
  await wholePass(connectionId, "2026-01-08T00:00:00Z", [finding, older]);
  const later = [
    ["closed", "01-10"],
    ["active", "01-15"],
  ] as const;
  for (const [status, day] of later) {
    const both = [finding, older].map((one) => ({ ...one, status, updatedAt: on(day) }));
    await incrementalPass(connectionId, on(day).toISOString(), both);
  }
  const { rows } = await database().pool.query(
    "SELECT valid_from, nullif(valid_to, 'infinity') AS valid_to, opened_at, closed_at FROM issue_clock_version ORDER BY valid_from",
  );
  expect(rows).toEqual([
    { valid_from: on("01-06"), valid_to: on("01-08"), opened_at: on("01-05"), closed_at: null },
    { valid_from: on("01-08"), valid_to: on("01-10"), opened_at: on("01-01"), closed_at: null },
    { valid_from: on("01-10"), valid_to: on("01-15"), opened_at: on("01-01"), closed_at: on("01-10") },
    { valid_from: on("01-15"), valid_to: null, opened_at: on("01-01"), closed_at: null },
  ]);
  expect(await verifyRollups()).toEqual([]);
});

test("a finding that leaves an issue changes what its clock says from then on", async () => {
  const older = anObservedFinding({ firstObservedAt: on("01-01"), updatedAt: on("01-01"), resource: image("one") });
  const younger = anObservedFinding({ firstObservedAt: on("01-05"), updatedAt: on("01-05"), resource: image("two") });
  await wholePass(connectionId, "2026-01-06T00:00:00Z", [older, younger]);
  const resource = { ...older.resource, lineage: "image:other" };
  const moved = { ...older, updatedAt: on("01-20"), resource, lineage: resource.lineage, raw: { moved: true } };
  await incrementalPass(connectionId, "2026-01-20T00:00:00Z", [moved]);
  const { rows } = await database().pool.query(
    `SELECT valid_from, nullif(valid_to, 'infinity') AS valid_to, opened_at FROM issue_clock_version v
     WHERE issue_id = (SELECT issue_id FROM finding WHERE source_id = $1) ORDER BY valid_from`,
    [younger.sourceId],
  );
  expect(rows).toEqual([
    { valid_from: on("01-06"), valid_to: on("01-20"), opened_at: on("01-01") },
    { valid_from: on("01-20"), valid_to: null, opened_at: on("01-05") },
  ]);
});

async function passWithCoverage(now: string, observed: ObservedFinding[], resourceId: string, lineage = "image:api") {
  const pass = await startPass(connectionId, "whole", now);
  const [accountId, region, resourceType] = ["111122223333", "eu-west-1", "AWS_ECR_CONTAINER_IMAGE"];
  await saveObservedCoverage(pass, [
    {
      accountId,
      region,
      resourceType,
      resourceId,
      scanType: "PACKAGE",
      isScanned: true,
      reason: "SUCCESSFUL",
      lineage,
    },
  ]);
  await closeUnseenCoverage(pass);
  await saveObservedFindings(pass, observed);
  await closeUnseenFindings(pass);
  await finishSyncRun(pass);
}

async function issue() {
  const { rows } = await database().pool.query("SELECT severity, active_findings, open_findings, clock FROM issue");
  return rows[0];
}

async function clocks() {
  const { rows } = await database().pool.query(
    "SELECT number, opened_at, closed_at, is_fix FROM issue_clock ORDER BY number, opened_at",
  );
  return rows;
}
