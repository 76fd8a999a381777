import { beforeAll, expect, test } from "vitest";
import { startScanRun } from "#lib/db/write/scan-runs.ts";
import type { ScanDifference } from "#lib/domain/scan-difference.ts";
import { aPerson } from "#testing/a-person.ts";
import { appDatabase } from "#testing/app-database.ts";
import { aCodeFinding, aScanRevision } from "#testing/scan-revisions.ts";
import { countNewBySeverity, getScanDifference } from "./scan-difference.ts";
import { getScanRun } from "./scans.ts";

appDatabase();

const at = (day: number) => new Date(Date.UTC(2026, 2, day));
const updated = (day: number) => ({ updatedAt: at(day), firstObservedAt: at(1) });
const runs: { name: string; runId: string }[] = [];

// 1 and 2 come; 2 is fixed and 3 comes; 2 comes back and 3 is fixed. Another scan changes at the same time.
beforeAll(async () => {
  const one = aCodeFinding("shop", 1, { severity: "low", ...updated(1) });
  const two = (day: number, status: "active" | "closed") =>
    aCodeFinding("shop", 2, { severity: "critical", status, ...updated(day) });
  const three = (day: number, status: "active" | "closed") => aCodeFinding("shop", 3, { status, ...updated(day) });
  runs.push(await aScanRevision("shop", at(1), [one, two(1, "active")]));
  await aScanRevision("other", at(2), [aCodeFinding("other", 9, updated(2))]);
  runs.push(await aScanRevision("shop", at(2), [one, two(2, "closed"), three(2, "active")]));
  runs.push(await aScanRevision("shop", at(3), [one, two(3, "active"), three(3, "closed")]));
});

async function difference(revision: number, limit = 100): Promise<ScanDifference> {
  return await getScanDifference(runs[revision - 1]!, limit);
}
const titles = (changes: ScanDifference["new"]) => changes.items.map(({ title }) => title);

test("a first revision has everything as new, worst first, and nothing to be held against", async () => {
  const first = await difference(1);
  expect(first.against).toBeNull();
  expect(titles(first.new)).toEqual(["Finding 2", "Finding 1"]);
  expect(first.fixed).toEqual({ count: 0, items: [] });
  expect(first.unchanged).toEqual({ count: 0, items: [] });
});

test("an earlier revision keeps its own difference after later ones, and says what became of each finding", async () => {
  const second = await difference(2);
  expect(second.against).toEqual({ runId: runs[0]?.runId, revision: 1 });
  expect(titles(second.new)).toEqual(["Finding 3"]);
  expect(titles(second.fixed)).toEqual(["Finding 2"]);
  expect(titles(second.unchanged)).toEqual(["Finding 1"]);
  expect(second.new.items[0]).toMatchObject({
    status: "active",
    statusNow: "closed",
    closedByRun: { runId: runs[2]?.runId, revision: 3 },
    location: { path: "src/app.py", startLine: 3 },
    cwes: ["CWE-89"],
  });
  expect(second.fixed.items[0]).toMatchObject({ status: "closed", statusNow: "active", closedByRun: null });
});

test("what came back counts as new and names the revision that had closed it", async () => {
  const third = await difference(3);
  expect(titles(third.new)).toEqual(["Finding 2"]);
  expect(third.new.items[0]).toMatchObject({
    isReopened: true,
    closedBefore: { runId: runs[1]?.runId, revision: 2 },
    statusNow: "active",
  });
  expect(titles(third.fixed)).toEqual(["Finding 3"]);
  expect(third.fixed.items[0]?.closedByRun).toEqual({ runId: runs[2]?.runId, revision: 3 });
});

test("the lists agree with the counts that the run was ended with", async () => {
  for (const run of runs) {
    const { new: fresh, fixed, unchanged } = await getScanDifference(run, 100);
    const counts = { new: fresh.count, closed: fixed.count, unchanged: unchanged.count };
    expect((await getScanRun(run)).counts).toEqual(counts);
  }
});

test("a list may be shorter than its count", async () => {
  const first = await difference(1, 1);
  expect(first.new.count).toBe(2);
  expect(titles(first.new)).toEqual(["Finding 2"]);
});

test("what is new is counted by severity for the gate", async () => {
  expect(await countNewBySeverity(runs[0]!)).toEqual({ critical: 1, low: 1 });
  expect(await countNewBySeverity(runs[1]!)).toEqual({ high: 1 });
});

test("a run without a result has no difference, and says how it stands", async () => {
  const { id: personId } = await aPerson({ userName: "early" });
  const { runId } = await startScanRun({ name: "early", personId, now: at(1) });
  await expect(getScanDifference({ name: "early", runId }, 1)).rejects.toThrow(
    "This run has no result; its state is uploading.",
  );
});
