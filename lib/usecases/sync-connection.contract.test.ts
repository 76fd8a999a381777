import { afterAll, beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { startSyncRun } from "#lib/db/write/sync-run.ts";
import type { SyncMode, SyncRun } from "#lib/domain/sync-run.ts";
import { appDatabase } from "#testing/app-database.ts";
import { aConnection, sampleTruth, storedFindings, syncSample, withSampleAt } from "#testing/sample-sync.ts";
import { startSample } from "../../sample/server.ts";
import { syncConnection } from "./sync-connection.ts";

appDatabase();

const REGION = "us-east-1";
const end = new Date("2026-11-01T00:00:00Z");
const DAY_MS = 86_400_000;
const sample = await startSample({ port: 0, findings: 3_000, end });
afterAll(() => sample.close());

type Fault = Parameters<typeof sample.inject>[0];

let connectionId = "";
beforeEach(async () => {
  await empty();
  connectionId = await aConnection(REGION);
});

/** Every table but the dictionaries, of which nothing can be deleted: they say nothing of any finding. */
async function empty(): Promise<void> {
  const { rows } = await database().pool.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename NOT LIKE '\\_prisma%' AND tablename <> 'compression_dictionary'`,
  );
  for (const { name } of rows) await database().pool.query(`DELETE FROM ${name}`);
}

function pass(asOf: Date, mode: SyncMode = "whole"): Promise<SyncRun> {
  return syncSample(sample.url, { connectionId, region: REGION, asOf, mode });
}

const truthAt = (asOf: Date) => sampleTruth(sample.url, [REGION], asOf);
const openOf = (lines: string[]) => lines.filter((line) => !line.includes(" closed "));
const daysBefore = (days: number) => new Date(end.getTime() - days * DAY_MS);

test("a whole pass brings every finding over the wire into the database", async () => {
  const run = await pass(end);
  expect(run).toMatchObject({ state: "succeeded", mode: "whole", failure: null });
  const truth = await truthAt(end);
  expect(truth.length).toBeGreaterThan(200);
  expect(run.counts).toMatchObject({
    observed: truth.length,
    opened: truth.length,
    pages: Math.ceil(truth.length / 100),
  });
  expect(await storedFindings()).toEqual(truth);
});

test("the same pass again changes nothing", async () => {
  await pass(end);
  const before = await storedFindings();
  const again = await pass(new Date(end.getTime() + 60_000));
  expect(again.counts).toMatchObject({ opened: 0, changed: 0, closed: 0, reopened: 0, unchanged: before.length });
  expect(await storedFindings()).toEqual(before);
});

test("incremental passes between two whole ones end where one whole pass ends", async () => {
  await pass(daysBefore(28));
  for (const days of [21, 14, 7]) await pass(daysBefore(days), "incremental");
  await pass(end);
  expect(await storedFindings("open")).toEqual(openOf(await truthAt(end)));
});

test.each<[string, Fault]>([
  ["throttled", { kind: "throttle", operation: "ListFindings", page: 2, times: 2 }],
  ["failed by Inspector for a moment", { kind: "fail", operation: "ListFindings", page: 2, times: 2 }],
  ["cut in the middle of an answer", { kind: "cut", operation: "ListFindings", page: 2 }],
  ["left without an answer", { kind: "hang", operation: "ListFindings", page: 2 }],
  ["told that its paging token has expired", { kind: "expire-token", operation: "ListFindings", page: 3 }],
  ["given a page twice", { kind: "repeat-page", operation: "ListFindings", page: 2 }],
])("a pass that is %s still ends with everything, once", async (_what, fault) => {
  sample.inject(fault);
  expect(await pass(end)).toMatchObject({ state: "succeeded", failure: null });
  expect(await storedFindings()).toEqual(await truthAt(end));
});

test("throttles are counted in the run", async () => {
  sample.inject({ kind: "throttle", operation: "ListFindings", times: 2 });
  expect((await pass(end)).counts.throttles).toBe(2);
});

test.each<[string, Fault, string]>([
  ["refused", { kind: "deny", operation: "ListFindings", page: 2 }, "access-denied"],
  ["failed again and again", { kind: "fail", operation: "ListFindings", page: 2, times: 5 }, "unreachable"],
  ["cut again and again", { kind: "cut", operation: "ListFindings", page: 2, times: 5 }, "unreachable"],
  ["refused its coverage", { kind: "deny", operation: "ListCoverage" }, "access-denied"],
])("a pass that is %s closes nothing and says why", async (_what, fault, code) => {
  await pass(daysBefore(30));
  const closedBefore = closedOf(await storedFindings());
  sample.inject(fault);
  const run = await pass(end);
  expect(["failed", "partial"]).toContain(run.state);
  expect(run.failure?.code).toBe(code);
  // Only what Inspector itself calls closed may be closed by then.
  const mayBeClosed = new Set([...closedBefore, ...closedOf(await truthAt(end))]);
  expect(closedOf(await storedFindings()).filter((id) => !mayBeClosed.has(id))).toEqual([]);

  await pass(new Date(end.getTime() + 60_000));
  expect(await storedFindings("open")).toEqual(openOf(await truthAt(end)));
});

test("the missing permission is in the run by name", async () => {
  sample.inject({ kind: "deny", operation: "ListFindings" });
  expect((await pass(end)).failure).toEqual({
    code: "access-denied",
    message: "AWS refused inspector2:ListFindings in us-east-1.",
    permission: "inspector2:ListFindings",
  });
});

test("a page that is lost without a word is made good by the next whole pass", async () => {
  await pass(daysBefore(1));
  sample.inject({ kind: "lose-page", operation: "ListFindings", page: 2 });
  await pass(end);
  await pass(new Date(end.getTime() + 60_000));
  expect(await storedFindings("open")).toEqual(openOf(await truthAt(end)));
});

test("a pass that the worker's end interrupts is marked so, and closes nothing", async () => {
  await pass(daysBefore(30));
  const before = await storedFindings("open");
  const controller = new AbortController();
  sample.inject({ kind: "hang", operation: "ListFindings", page: 2 });
  const running = syncSample(sample.url, { connectionId, region: REGION, asOf: end, mode: "whole" }, controller.signal);
  controller.abort(new Error("The worker stops"));
  expect((await running).failure?.code).toBe("interrupted");
  expect(await storedFindings("open")).toEqual(before);
});

/** A pass whose source throws this in the place of its coverage. */
async function passThatMeets(error: Error): Promise<SyncRun> {
  const started = await startSyncRun({ connectionId, mode: "whole", trigger: "person", now: end, requestedBy: null });
  const observeCoverage = () => {
    throw error;
  };
  return await withSampleAt(sample.url, REGION, end, (source) =>
    syncConnection({ ...source, observeCoverage }, started, new AbortController().signal),
  );
}

test("a database that goes away interrupts a pass, and is nobody's fault", async () => {
  const away = Object.assign(new Error("terminating connection due to administrator command"), { code: "57P01" });
  expect(await passThatMeets(away)).toMatchObject({ state: "failed", failure: { code: "interrupted" } });
});

test("a fault of our own is recorded and thrown", async () => {
  const bug = new TypeError("a bug");
  await expect(passThatMeets(bug)).rejects.toBe(bug);
  const run = await database().prisma.syncRun.findFirstOrThrow({ where: { connectionId } });
  expect(run).toMatchObject({ state: "failed", failure: { code: "internal" } });
});

function closedOf(lines: string[]): string[] {
  return lines.filter((line) => line.includes(" closed ")).map((line) => line.split(" ")[0] ?? "");
}
