import { beforeEach, expect, test } from "vitest";
import { listAuditEvents } from "#lib/db/read/audit-events.ts";
import { getFinding } from "#lib/db/read/get-finding.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { getScanDifference } from "#lib/db/read/scan-difference.ts";
import { getScan, getScanRun, listRecentScans, listScans } from "#lib/db/read/scans.ts";
import { failScanRun, queueScanRun, requeueScanRun, startScanRun } from "#lib/db/write/scan-runs.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { scanFilterSchema } from "#lib/domain/scan.ts";
import { aPerson } from "#testing/a-person.ts";
import { appDatabase } from "#testing/app-database.ts";
import { aCodeFinding, aScanRevision } from "#testing/scan-revisions.ts";
import { deleteScan } from "./delete-scan.ts";

appDatabase();

const at = (day: number) => new Date(Date.UTC(2026, 2, day));
let removed: string[] = [];
const storage = {
  remove: async (key: string) => {
    removed.push(key);
  },
};
beforeEach(() => {
  removed = [];
});

async function somebody(userName: string, permissions: ("scans:write" | "findings:triage")[]) {
  const { id: personId } = await aPerson({ userName });
  return { personId, userName, permissions: new Set(permissions) };
}
const lead = (userName: string) => somebody(userName, ["scans:write", "findings:triage"]);
const statusesOf = async (scanName: string) =>
  (await listFindings(findingFilterSchema.parse({ scanName }))).items.map(({ status, closedReason }) => [
    status,
    closedReason,
  ]);
const namesListed = async (q?: string) =>
  (await listScans(scanFilterSchema.parse({ q }))).items.map(({ name }) => name);

test("a deleted scan leaves the list, its findings close as scope-lost, and its history stays", async () => {
  const caller = await lead("lead-1");
  const run = await aScanRevision("gone", at(1), [aCodeFinding("gone", 1), aCodeFinding("gone", 2)]);
  await aScanRevision("kept", at(1), [aCodeFinding("kept", 1)]);
  await deleteScan(storage, "gone", caller, at(2));

  expect(await namesListed()).not.toContain("gone");
  expect((await listRecentScans(50)).map(({ name }) => name)).not.toContain("gone");
  await expect(getScan("gone")).rejects.toThrow("There is no scan named gone.");
  expect(await statusesOf("gone")).toEqual([
    ["closed", "scope-lost"],
    ["closed", "scope-lost"],
  ]);
  expect(await statusesOf("kept")).toEqual([["active", null]]);

  expect((await getScanRun(run)).state).toBe("succeeded");
  const difference = await getScanDifference(run, 10);
  expect(difference.new.count).toBe(2);
  const [event] = (await getFinding(difference.new.items[0]!.id)).timeline;
  expect(event).toMatchObject({ kind: "closed", cause: "scope-lost", actor: "lead-1" });
  const { items } = await listAuditEvents({ action: "scan.delete", limit: 10 });
  expect(items).toMatchObject([{ actor: "lead-1", target: "gone", detail: { closedFindings: 2 } }]);
  expect(await verifyRollups()).toEqual([]);
});

test("the same name used again goes on with the next revision, and what it still has comes back", async () => {
  const finding = aCodeFinding("again", 1);
  await aScanRevision("again", at(1), [finding]);
  await deleteScan(storage, "again", await lead("lead-2"), at(2));
  const second = await aScanRevision("again", at(3), [finding]);
  expect((await getScanRun(second)).revision).toBe(2);
  const { new: fresh } = await getScanDifference(second, 10);
  expect(fresh.items).toMatchObject([{ title: "Finding 1", isReopened: true, statusNow: "active" }]);
  expect(await namesListed("AGAI")).toEqual(["again"]);
});

test("a developer deletes a scan of their own, and nobody else's", async () => {
  const owner = await somebody("owner", ["scans:write"]);
  const other = await somebody("other", ["scans:write"]);
  const { runId } = await startScanRun({ name: "mine", personId: owner.personId, now: at(1) });
  await failScanRun(runId, { code: "internal", message: "It broke.", isRetryable: true }, at(1));
  await expect(deleteScan(storage, "mine", other, at(2))).rejects.toThrow("they or a lead may delete it");
  expect(await namesListed("mine")).toEqual(["mine"]);
  await deleteScan(storage, "mine", owner, at(2));
  expect(await namesListed("mine")).toEqual([]);
  await expect(deleteScan(storage, "mine", owner, at(3))).rejects.toThrow("There is no scan named mine.");
});

test("a scan with a run under way is not deleted", async () => {
  const owner = await somebody("busy", ["scans:write"]);
  await startScanRun({ name: "busy", personId: owner.personId, now: at(1) });
  await expect(deleteScan(storage, "busy", owner, at(2))).rejects.toThrow("under way");
  expect(await namesListed("busy")).toEqual(["busy"]);
});

test("a deleted scan keeps no archive, and none of its runs can be tried again", async () => {
  const owner = await somebody("tidy", ["scans:write"]);
  const { runId } = await startScanRun({ name: "tidy", personId: owner.personId, now: at(1) });
  await queueScanRun({ runId, storageKey: "home/tidy/a.zip", sizeBytes: 3, sha256: "00" }, async () => {});
  await failScanRun(runId, { code: "interrupted", message: "It stopped.", isRetryable: true }, at(1));
  await deleteScan(storage, "tidy", owner, at(2));
  expect(removed).toEqual(["home/tidy/a.zip"]);
  await expect(requeueScanRun({ name: "tidy", runId }, async () => {})).rejects.toThrow("cannot be retried");
});
