import { beforeEach, expect, test } from "vitest";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { incrementalPass, startPass, wholePass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { saveObservedFindings } from "./observed-findings.ts";
import { failSyncRun } from "./sync-run.ts";
import { verifyRollups } from "./verify-rollups.ts";

appDatabase();

let connectionId: string;
beforeEach(async () => {
  await clearFindings();
  connectionId = await aConnection();
});

const JANUARY_1 = "2026-01-01T00:00:00.000Z";
const JANUARY_2 = "2026-01-02T00:00:00.000Z";
const JANUARY_3 = "2026-01-03T00:00:00.000Z";
const earlier = new Date("2025-12-20T00:00:00Z");
const later = new Date("2025-12-25T00:00:00Z");

test("a finding that is seen for the first time is opened, with its issue and a version", async () => {
  const run = await wholePass(connectionId, JANUARY_1, [anObservedFinding({ firstObservedAt: earlier })]);
  expect(run).toMatchObject({ state: "succeeded", counts: { observed: 1, opened: 1, closed: 0, unchanged: 0 } });
  const { rows: events } = await database().pool.query(
    "SELECT kind, cause, occurred_at, recorded_at FROM lifecycle_event",
  );
  expect(events).toEqual([
    { kind: "opened", cause: "scope-added", occurred_at: earlier, recorded_at: new Date(JANUARY_1) },
  ]);
  const { rows } = await database().pool.query(
    `SELECT f.status, f.rank, i.active_findings, i.severity, k.opened_at, k.closed_at, v.valid_from, v.rank AS version_rank
     FROM finding f JOIN issue i ON i.id = f.issue_id JOIN issue_clock k ON k.issue_id = i.id
     JOIN finding_version v ON v.finding_id = f.id`,
  );
  expect(rows).toEqual([
    {
      status: "active",
      rank: 4300,
      active_findings: 1,
      severity: "high",
      opened_at: earlier,
      closed_at: null,
      valid_from: new Date(JANUARY_1),
      version_rank: 4300,
    },
  ]);
});

test("packages are kept once each, beside the one that the finding's row shows", async () => {
  const named = (name: string, fixedIn: string | null) => ({
    name,
    version: "1.0",
    fixedIn,
    manager: "OS",
    path: null,
    remediation: null,
  });
  await wholePass(connectionId, JANUARY_1, [
    anObservedFinding({ packages: [named("alone", "1.1")] }),
    anObservedFinding({
      packages: [named("glibc", null), named("openssl", "1.1"), named("openssl", "1.1"), named("glibc", null)],
    }),
  ]);
  const { rows } = await database().pool.query(
    `SELECT f.package_name, f.package_count, array_agg(p.name ORDER BY fp.position) FILTER (WHERE p.name IS NOT NULL) AS others
     FROM finding f LEFT JOIN finding_package fp ON fp.finding_id = f.id LEFT JOIN package p ON p.id = fp.package_id
     GROUP BY f.id, f.package_name, f.package_count ORDER BY 1`,
  );
  expect(rows).toEqual([
    { package_name: "alone", package_count: 1, others: null },
    { package_name: "openssl", package_count: 4, others: ["glibc"] },
  ]);
});

test("a pass that finds everything as it was writes nothing", async () => {
  const finding = anObservedFinding();
  await wholePass(connectionId, JANUARY_1, [finding]);
  const before = await allRows();
  const again = { ...finding, lastObservedAt: new Date(JANUARY_2), raw: { other: 1 } };
  const run = await wholePass(connectionId, JANUARY_2, [again]);
  expect(run.counts).toMatchObject({ observed: 1, opened: 0, changed: 0, unchanged: 1 });
  expect(await allRows()).toEqual(before);
});

test("what a scope shows after its first whole pass is new", async () => {
  await wholePass(connectionId, JANUARY_1, [anObservedFinding()]);
  await incrementalPass(connectionId, JANUARY_2, [anObservedFinding()]);
  expect(await eventNames()).toEqual(["opened scope-added", "opened new"]);
});

test("what a scan shows is new, although no pass over a whole scope comes before", async () => {
  const scanner = await aConnection();
  await database().pool.query("UPDATE connection SET source = 'codeguru' WHERE id = $1", [scanner]);
  await wholePass(scanner, JANUARY_1, [anObservedFinding({ status: "closed" })]);
  expect(await eventNames()).toEqual(["opened new", "closed fixed"]);
});

test("a finding that is closed when it is first seen was open before", async () => {
  await wholePass(connectionId, JANUARY_1, [
    anObservedFinding({ status: "closed", firstObservedAt: earlier, updatedAt: later }),
  ]);
  expect(await eventNames()).toEqual(["opened scope-added", "closed not-reported"]);
  const { rows } = await database().pool.query("SELECT opened_at, closed_at FROM issue_clock");
  expect(rows).toEqual([{ opened_at: earlier, closed_at: later }]);
});

test("AWS's suppression is a hold that goes when AWS lifts it", async () => {
  const finding = anObservedFinding({ status: "suppressed", updatedAt: earlier });
  await wholePass(connectionId, JANUARY_1, [finding]);
  expect(await statusAndHolds()).toEqual({ status: "suppressed", holds: 1 });
  await incrementalPass(connectionId, JANUARY_2, [{ ...finding, status: "active", updatedAt: later }]);
  expect(await statusAndHolds()).toEqual({ status: "active", holds: 0 });
  expect(await eventNames()).toEqual(["opened scope-added", "suppressed source", "unsuppressed source"]);
});

test("a finding stays suppressed while any other hold is left", async () => {
  const finding = anObservedFinding({ status: "suppressed", updatedAt: earlier });
  await wholePass(connectionId, JANUARY_1, [finding]);
  await database().pool.query(
    "INSERT INTO finding_hold (account_id, finding_id, kind, created_at) SELECT account_id, id, 'person', now() FROM finding",
  );
  await incrementalPass(connectionId, JANUARY_2, [{ ...finding, status: "active", updatedAt: later }]);
  expect(await statusAndHolds()).toEqual({ status: "suppressed", holds: 1 });
});

test("an observation that is older than the stored one changes nothing", async () => {
  const finding = anObservedFinding({ severity: "high", updatedAt: later });
  await wholePass(connectionId, JANUARY_1, [finding]);
  await incrementalPass(connectionId, JANUARY_2, [
    { ...finding, severity: "low", status: "closed", updatedAt: earlier },
  ]);
  const { rows } = await database().pool.query("SELECT status, severity FROM finding");
  expect(rows).toEqual([{ status: "active", severity: "high" }]);
});

test("a person's severity outlives a rescoring by the source", async () => {
  const finding = anObservedFinding({ severity: "high", updatedAt: earlier });
  await wholePass(connectionId, JANUARY_1, [finding]);
  await database().pool.query(
    `INSERT INTO severity_override (account_id, finding_id, severity, reason, created_at, created_by)
     SELECT account_id, id, 'low', 'Not reachable', now(), id FROM finding`,
  );
  await incrementalPass(connectionId, JANUARY_2, [{ ...finding, severity: "critical", updatedAt: later }]);
  const { rows } = await database().pool.query("SELECT severity, source_severity FROM finding");
  expect(rows).toEqual([{ severity: "low", source_severity: "critical" }]);
});

test("an EPSS that moves changes the vulnerability alone", async () => {
  const finding = anObservedFinding({ epss: 0.1 });
  await wholePass(connectionId, JANUARY_1, [finding]);
  const before = await allRows();
  const vulnerability = { ...finding.vulnerability, epss: 0.9 };
  await wholePass(connectionId, JANUARY_2, [{ ...finding, vulnerability }]);
  const { rows } = await database().pool.query("SELECT epss FROM vulnerability");
  expect(rows).toEqual([{ epss: 0.9 }]);
  expect(await allRows()).toEqual(before);
});

test("a finding that becomes known exploited is rescored", async () => {
  const finding = anObservedFinding({ updatedAt: earlier });
  await wholePass(connectionId, JANUARY_1, [finding]);
  await incrementalPass(connectionId, JANUARY_2, [{ ...finding, knownExploitedAt: later, updatedAt: later }]);
  expect(await eventNames()).toEqual(["opened scope-added", "rescored source"]);
  const { rows } = await database().pool.query("SELECT rank, known_exploited FROM finding");
  expect(rows).toEqual([{ rank: 4302, known_exploited: true }]);
  expect(await verifyRollups()).toEqual([]);
});

test("a resource of another lineage takes its findings and their clock along", async () => {
  const resource = { type: "AWS_EC2_INSTANCE", id: "i-1", lineage: "instance:i-1" };
  const findings = [
    anObservedFinding({ resource, firstObservedAt: earlier }),
    anObservedFinding({ resource, cve: "CVE-2026-1" }),
  ];
  await wholePass(connectionId, JANUARY_1, findings);
  const moved = findings.map((one) => ({
    ...one,
    resource: { ...one.resource, lineage: "group:web" },
    lineage: "group:web",
  }));
  // Only one of them is in this pass; the other is on the same resource.
  await incrementalPass(connectionId, JANUARY_2, moved.slice(0, 1));
  expect(await eventNames()).toEqual(["opened scope-added", "opened scope-added", "moved source", "moved source"]);
  const { rows } = await database().pool.query(
    "SELECT i.active_findings, k.opened_at, k.closed_at FROM issue i JOIN issue_clock k ON k.issue_id = i.id ORDER BY k.opened_at",
  );
  expect(rows).toHaveLength(2);
  expect(rows[0]).toEqual({ active_findings: 1, opened_at: earlier, closed_at: null });
  expect(await verifyRollups()).toEqual([]);
});

test("text that PostgreSQL cannot hold is stored without what it cannot hold", async () => {
  await wholePass(connectionId, JANUARY_1, [
    anObservedFinding({
      title: "A\0B",
      vulnerability: { description: "half \ud800 a pair" },
      resource: { tags: { "k\0": "v\0" } },
      raw: { text: "\0" },
    }),
  ]);
  const { rows } = await database().pool.query(
    "SELECT f.title, v.description, r.tags FROM finding f, vulnerability v, resource r",
  );
  expect(rows).toEqual([
    { title: "A\u{fffd}B", description: "half \u{fffd} a pair", tags: { "k\u{fffd}": "v\u{fffd}" } },
  ]);
});

test("a pass whose run has ended writes nothing more", async () => {
  const pass = await startPass(connectionId, "whole", JANUARY_1);
  await failSyncRun(pass, { code: "cancelled", message: "Cancelled.", permission: null });
  await expect(saveObservedFindings(pass, [anObservedFinding()])).rejects.toMatchObject({ code: "conflict" });
  expect(await allRows()).toEqual([]);
});

test("of a finding that a page names twice the newest counts", async () => {
  const finding = anObservedFinding({ severity: "high", updatedAt: later });
  await wholePass(connectionId, JANUARY_3, [finding, { ...finding, severity: "low", updatedAt: earlier }]);
  const { rows } = await database().pool.query("SELECT severity FROM finding");
  expect(rows).toEqual([{ severity: "high" }]);
});

async function eventNames(): Promise<string[]> {
  const { rows } = await database().pool.query("SELECT kind, cause FROM lifecycle_event ORDER BY recorded_at, id");
  return rows.map(({ kind, cause }) => `${kind} ${cause}`);
}

async function statusAndHolds() {
  const { rows } = await database().pool.query(
    "SELECT status, (SELECT count(*)::int FROM finding_hold h WHERE h.finding_id = f.id) AS holds FROM finding f",
  );
  return rows[0];
}

/** Every row that a pass over findings may write, with its place on disk: an update would move it. */
async function allRows(): Promise<unknown[]> {
  const tables = [
    "finding",
    "finding_raw",
    "finding_package",
    "resource",
    "issue",
    "issue_clock",
    "lifecycle_event",
    "finding_version",
    "finding_cube",
    "day_delta_account",
  ];
  const { rows } = await database().pool.query(
    tables.map((name) => `SELECT '${name}' AS name, ctid::text, to_jsonb(t) AS row FROM ${name} t`).join(" UNION ALL "),
  );
  return rows;
}
