import { beforeEach, expect, test } from "vitest";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { incrementalPass, startPass, wholePass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { newId } from "../identity.ts";
import { closeUnseenFindings, decideHeldClose } from "./closing.ts";
import { type CoveredResource, closeUnseenCoverage, saveObservedCoverage } from "./observed-coverage.ts";
import { saveObservedFindings } from "./observed-findings.ts";
import { failSyncRun, finishSyncRun, startSyncRun } from "./sync-run.ts";
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
const personId = newId();

test.each<[string, Partial<CoveredResource> | null, string]>([
  ["its resource is still scanned", { isScanned: true, reason: "SUCCESSFUL" }, "fixed"],
  ["coverage leaves its resource out", null, "resource-gone"],
  ["coverage says that its resource is gone", { isScanned: false, reason: "RESOURCE_TERMINATED" }, "resource-gone"],
  ["its resource is there but not scanned", { isScanned: false, reason: "STALE_INVENTORY" }, "not-reported"],
])("a finding that a whole pass does not see closes by its resource: %s", async (_, covered, reason) => {
  const finding = anObservedFinding();
  await wholePass(connectionId, JANUARY_1, [finding, anObservedFinding()]);
  const pass = await startPass(connectionId, "whole", JANUARY_2);
  const { type: resourceType, id: resourceId } = finding.resource;
  const { accountId, region, lineage } = finding;
  const told = {
    accountId,
    region,
    resourceType,
    resourceId,
    scanType: "PACKAGE",
    isScanned: true,
    reason: "",
    lineage,
  };
  if (covered) await saveObservedCoverage(pass, [{ ...told, ...covered }]);
  await closeUnseenCoverage(pass);
  expect(await closeUnseenFindings(pass)).toEqual({ closed: 2, held: 0 });
  await finishSyncRun(pass);
  const { rows } = await database().pool.query(
    "SELECT status, closed_reason, closed_at, closed_by_run_id FROM finding WHERE source_id = $1",
    [finding.sourceId],
  );
  expect(rows).toEqual([
    { status: "closed", closed_reason: reason, closed_at: new Date(JANUARY_2), closed_by_run_id: pass.runId },
  ]);
  expect(await verifyRollups()).toEqual([]);
});

test("without a word on coverage nobody knows why a finding is gone", async () => {
  await wholePass(connectionId, JANUARY_1, [anObservedFinding()]);
  await wholePass(connectionId, JANUARY_2, []);
  expect(await statuses()).toEqual(["closed not-reported"]);
});

test("a pass that breaks off closes nothing", async () => {
  const kept = anObservedFinding();
  await wholePass(connectionId, JANUARY_1, [kept, anObservedFinding()]);
  const pass = await startPass(connectionId, "whole", JANUARY_2);
  await saveObservedFindings(pass, [kept]);
  const run = await failSyncRun(pass, { code: "throttled", message: "Too many requests.", permission: null });
  expect(run).toMatchObject({ state: "partial", failure: { code: "throttled" } });
  expect(await statuses()).toEqual(["active", "active"]);
});

test("an incremental pass closes nothing by what it does not see", async () => {
  await wholePass(connectionId, JANUARY_1, [anObservedFinding()]);
  await incrementalPass(connectionId, JANUARY_2, []);
  expect(await statuses()).toEqual(["active"]);
  await expect(closeUnseenFindings(await startPass(connectionId, "incremental", JANUARY_3))).rejects.toThrow(
    "incremental",
  );
});

test("a finding stays open while another connection still reports it", async () => {
  const other = await aConnection();
  const finding = anObservedFinding();
  await wholePass(connectionId, JANUARY_1, [finding]);
  await wholePass(other, JANUARY_1, [finding]);
  await wholePass(connectionId, JANUARY_2, []);
  expect(await statuses()).toEqual(["active"]);
  await wholePass(other, JANUARY_3, []);
  expect(await statuses()).toEqual(["closed not-reported"]);
});

test("a finding that is reported again is open again, as it was", async () => {
  const finding = anObservedFinding();
  await wholePass(connectionId, JANUARY_1, [finding]);
  await wholePass(connectionId, JANUARY_2, []);
  const run = await wholePass(connectionId, JANUARY_3, [finding]);
  expect(run.counts.reopened).toBe(1);
  expect(await statuses()).toEqual(["active"]);
  const { rows } = await database().pool.query("SELECT number, closed_at FROM issue_clock");
  expect(rows).toEqual([{ number: 1, closed_at: null }]);
});

test("a pass that would close most of a scope is held, and what a person confirms closes", async () => {
  const findings = manyFindings(60);
  await wholePass(connectionId, JANUARY_1, findings);
  const run = await wholePass(connectionId, JANUARY_2, findings.slice(0, 5));
  expect(run.state).toBe("held");
  expect(new Set(await statuses())).toEqual(new Set(["active"]));
  const { rows } = await database().pool.query("SELECT id, active, would_close, state FROM held_close");
  expect(rows).toEqual([{ id: expect.any(String), active: 60, would_close: 55, state: "held" }]);
  // Seen again before the decision: it stays.
  await incrementalPass(connectionId, JANUARY_3, findings.slice(5, 6));
  const order = { id: rows[0].id, decision: "confirmed" as const, personId, now: new Date(JANUARY_3) };
  await decideHeldClose(order);
  await decideHeldClose(order); // a job that comes again
  expect((await statuses()).filter((status) => status === "active")).toHaveLength(6);
  await expect(decideHeldClose({ ...order, decision: "rejected" })).rejects.toMatchObject({ code: "conflict" });
  expect(await verifyRollups()).toEqual([]);
});

test("what a person rejects stays open, and is held again by the next pass without it", async () => {
  const findings = manyFindings(60);
  await wholePass(connectionId, JANUARY_1, findings);
  await wholePass(connectionId, JANUARY_2, []);
  const { rows } = await database().pool.query<{ id: string }>("SELECT id FROM held_close");
  await decideHeldClose({ id: rows[0]!.id, decision: "rejected", personId, now: new Date(JANUARY_2) });
  const run = await wholePass(connectionId, JANUARY_3, []);
  expect(run.state).toBe("held");
  expect(new Set(await statuses())).toEqual(new Set(["active"]));
  const { rows: states } = await database().pool.query("SELECT state FROM held_close ORDER BY created_at");
  expect(states).toEqual([{ state: "rejected" }, { state: "held" }]);
});

test("while a scope waits for a person nothing else of it closes, and it waits too", async () => {
  const findings = manyFindings(70);
  await wholePass(connectionId, JANUARY_1, findings);
  await wholePass(connectionId, JANUARY_2, findings.slice(0, 10));
  const run = await wholePass(connectionId, JANUARY_3, findings.slice(0, 9));
  expect(run.state).toBe("held");
  expect(new Set(await statuses())).toEqual(new Set(["active"]));
  const { rows } = await database().pool.query("SELECT would_close, cardinality(finding_ids) AS ids FROM held_close");
  expect(rows).toEqual([{ would_close: 61, ids: 61 }]);
});

test("a pass that stops after it was held, and comes again, is held still", async () => {
  await wholePass(connectionId, JANUARY_1, manyFindings(60));
  const request = {
    connectionId,
    mode: "whole",
    trigger: "schedule",
    now: new Date(JANUARY_2),
    requestedBy: null,
  } as const;
  const runId = newId();
  await closeUnseenFindings(await startSyncRun({ ...request, runId }));
  const again = await startSyncRun({ ...request, runId });
  await closeUnseenFindings(again);
  expect((await finishSyncRun(again)).state).toBe("held");
});

test("nothing is left to decide once all that was missed is seen again", async () => {
  const findings = manyFindings(60);
  await wholePass(connectionId, JANUARY_1, findings);
  await wholePass(connectionId, JANUARY_2, []);
  expect((await wholePass(connectionId, JANUARY_3, findings)).state).toBe("succeeded");
  const { rows } = await database().pool.query("SELECT state, would_close, decided_by FROM held_close");
  expect(rows).toEqual([{ state: "rejected", would_close: 0, decided_by: null }]);
});

test("fewer than fifty, or less than a third, close without asking", async () => {
  const few = manyFindings(49);
  await wholePass(connectionId, JANUARY_1, few);
  expect((await wholePass(connectionId, JANUARY_2, [])).state).toBe("succeeded");
  const many = manyFindings(200, "444455556666");
  await wholePass(connectionId, JANUARY_2, many);
  expect((await wholePass(connectionId, JANUARY_3, many.slice(60))).state).toBe("succeeded");
});

test("nothing is decided about what is not held", async () => {
  const order = { id: newId(), decision: "confirmed" as const, personId, now: new Date(JANUARY_1) };
  await expect(decideHeldClose(order)).rejects.toMatchObject({ code: "not-found" });
});

function manyFindings(count: number, accountId?: string) {
  return Array.from({ length: count }, () => anObservedFinding(accountId ? { accountId } : {}));
}

async function statuses(): Promise<string[]> {
  const { rows } = await database().pool.query(
    "SELECT concat_ws(' ', status, closed_reason) AS status FROM finding ORDER BY source_id",
  );
  return rows.map(({ status }) => status);
}
