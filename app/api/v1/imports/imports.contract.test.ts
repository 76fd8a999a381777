import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { getScanRun } from "#lib/db/read/scans.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { sarifReport } from "#lib/sources/sarif/sarif-report.ts";
import { localStorage } from "#lib/storage/local-storage.ts";
import { importReport } from "#lib/usecases/import-report.ts";
import { aSarifLog, type SarifPlace } from "#testing/a-sarif-log.ts";
import { apiDatabase, aSignedInPerson, aTokenOf, bearer } from "#testing/api.ts";
import { type ApiServer, apiServer } from "#testing/api-server.ts";

const urls = apiDatabase();
const start = apiServer(urls);
let server: ApiServer;
let dir: string;
let token: Record<string, string>;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "sightline-import-"));
  await openQueue(urls.url);
  server = await start(dir);
  token = bearer(await aTokenOf((await aSignedInPerson("developer")).caller));
});
afterAll(async () => {
  await closeQueue();
  await rm(dir, { recursive: true, force: true });
});

const SARIF = { "content-type": "application/sarif+json" };
type Sent = { name: string; body: string | Buffer; headers?: Record<string, string> };

async function send({ name, body, headers = SARIF }: Sent) {
  const sent = typeof body === "string" ? body : new Uint8Array(body);
  const url = `${server.url}/api/v1/imports?name=${encodeURIComponent(name)}`;
  const answer = await fetch(url, { method: "POST", headers: { ...token, ...headers }, body: sent });
  return { status: answer.status, type: answer.headers.get("content-type"), body: await answer.json() };
}

/** As the worker does it. */
async function work(runId: string) {
  const means = { readReport: sarifReport, storage: localStorage(join(dir, "archives")), clock: () => new Date() };
  await importReport({ runId }, { ...means, signal: new AbortController().signal });
}

async function bring(name: string, log: unknown) {
  const { status, body } = await send({ name, body: JSON.stringify(log) });
  expect([status, body]).toMatchObject([202, { name, state: "queued" }]);
  await work(body.runId);
  return await getScanRun({ name, runId: body.runId });
}

async function listed(name: string, more: Record<string, string> = {}) {
  const { items } = await listFindings(findingFilterSchema.parse({ scanName: name, status: "active", ...more }));
  return items;
}

const places = (n: number, over: Partial<SarifPlace> = {}): SarifPlace[] =>
  Array.from({ length: n }, (_, i) => ({ rule: "R1", path: `src/${i}.js`, line: 5, code: `eval(x${i})`, ...over }));
/** All that an import writes, apart from its own runs. */
async function rowsOf(): Promise<unknown> {
  const tables = ["finding", "vulnerability", "resource", "issue", "lifecycle_event", "finding_version", "finding_raw"];
  const selects = tables.map(
    (table) =>
      `SELECT '${table}' AS name, jsonb_agg(t ORDER BY t::text) AS rows FROM (SELECT *, xmin FROM ${table}) AS t`,
  );
  return (await database().pool.query(selects.join(" UNION ALL "))).rows;
}

test("a report becomes findings in the one list, with its own source, tool and file", async () => {
  const run = await bring("web", aSarifLog(places(3)));
  expect(run).toMatchObject({ state: "succeeded", counts: { new: 3, closed: 0, unchanged: 0 }, error: null });
  const [finding] = await listed("web", { source: "sarif", detectorId: "Lint/R1" });
  expect(finding).toMatchObject({
    source: "sarif",
    type: "code",
    severity: "high",
    score: 7.5,
    title: "What r1 is about",
    scanName: "web",
    location: { startLine: 5, endLine: 5 },
  });
  expect(finding?.lastObservedAt).not.toBeNull();
  expect(await readdir(join(dir, "archives"), { recursive: true })).not.toContainEqual(expect.stringMatching(/zip/));
  expect(await verifyRollups()).toEqual([]);
});

test("the same report again, shuffled and packed, writes nothing", async () => {
  const log = aSarifLog(places(40));
  await bring("same", log);
  const before = await rowsOf();
  const run = log.runs[0];
  const shuffled = { ...log, runs: [{ ...run, results: run?.results.toReversed() }] };
  const { status, body } = await send({ name: "same", body: gzipSync(JSON.stringify(shuffled)) });
  expect(status).toBe(202);
  await work(body.runId);
  expect((await getScanRun({ name: "same", runId: body.runId })).counts).toEqual({ new: 0, closed: 0, unchanged: 40 });
  expect(await rowsOf()).toEqual(before);
});

test("forty lines put in above change the place of a finding and nothing else", async () => {
  await bring("shift", aSarifLog(places(2)));
  const [before] = await listed("shift");
  const run = await bring("shift", aSarifLog(places(2, { line: 45 })));
  expect(run.counts).toEqual({ new: 0, closed: 0, unchanged: 2 });
  const after = (await listed("shift")).find(({ id }) => id === before?.id);
  expect(after).toMatchObject({ issueId: before?.issueId, firstObservedAt: before?.firstObservedAt });
  expect(after?.location?.startLine).toBe(45);
});

test("what a later report leaves out is fixed, in its own name only; what comes back is the same finding", async () => {
  await bring("api", aSarifLog(places(3)));
  await bring("other", aSarifLog(places(3)));
  const all = await listed("api");
  expect((await bring("api", aSarifLog(places(2)))).counts).toEqual({ new: 0, closed: 1, unchanged: 2 });
  expect(await listed("api", { status: "closed" })).toMatchObject([{ closedReason: "fixed" }]);
  expect(await listed("other")).toHaveLength(3);
  await bring("api", aSarifLog(places(3)));
  expect(new Set((await listed("api")).map(({ id }) => id))).toEqual(new Set(all.map(({ id }) => id)));
  expect(await verifyRollups()).toEqual([]);
});

test("a report that would close most of a name waits for a person", async () => {
  await bring("big", aSarifLog(places(60)));
  const run = await bring("big", aSarifLog([]));
  expect(run).toMatchObject({ state: "succeeded", counts: { new: 0, closed: 0, unchanged: 60 } });
  const { rows } = await database().pool.query(
    "SELECT region, source, would_close FROM held_close WHERE state = 'held'",
  );
  expect(rows).toEqual([{ region: "big", source: "sarif", would_close: 60 }]);
});

test("a tool that says that it failed closes nothing", async () => {
  await bring("broken", aSarifLog(places(3)));
  const run = await bring("broken", aSarifLog(places(1), { invocations: [{ executionSuccessful: false }] }));
  expect(run).toMatchObject({ counts: { closed: 0, unchanged: 3 }, skippedFiles: [{ reason: "tool-failed" }] });
});

test("a suppression of the report is one of its own kind, with its reason, and goes with it", async () => {
  const [place] = places(1);
  const log = (suppressions: unknown) => aSarifLog(place ? [{ ...place, more: { suppressions } }] : []);
  await bring("quiet", log([{ kind: "external", justification: "Only in tests" }]));
  expect(await listed("quiet")).toEqual([]);
  expect(await listed("quiet", { status: "suppressed", suppressedBy: "sarif" })).toHaveLength(1);
  const { rows } = await database().pool.query("SELECT kind, reason FROM finding_hold");
  expect(rows).toEqual([{ kind: "sarif", reason: "Only in tests" }]);
  await bring("quiet", log([]));
  expect(await listed("quiet")).toHaveLength(1);
});

test("a report that cannot be read is refused with the JSON path of its fault, and nothing of it is kept", async () => {
  const log = aSarifLog(places(20));
  const bad = JSON.stringify(log).replace('"uri":"src/17.js"', '"uri":17');
  const field = "$.runs[0].results[17].locations[0].physicalLocation.artifactLocation.uri";
  const { status, type, body } = await send({ name: "bad", body: bad });
  expect([status, type]).toEqual([400, "application/problem+json"]);
  expect(body).toMatchObject({ errors: [{ field }] });
  expect(body.detail).toContain(field);
  expect(await listed("bad")).toEqual([]);
});

test.each([
  ["no JSON", "<html>", SARIF, 400, "$"],
  ["half of one", JSON.stringify({ version: "2.1.0", runs: [{}] }).slice(0, -4), SARIF, 400, "$.runs[0]"],
  ["of a type that is none", "{}", { "content-type": "text/plain" }, 400, "content-type"],
  ["of an encoding that is none", "{}", { ...SARIF, "content-encoding": "br" }, 400, "content-encoding"],
])("refuses %s", async (_, body, headers, status, field) => {
  expect(await send({ name: "none", body, headers })).toMatchObject({ status, body: { errors: [{ field }] } });
});

test("refuses a damaged gzip, UTF-16, an empty body, and names that are too long", async () => {
  const packed = gzipSync(JSON.stringify(aSarifLog([])));
  expect((await send({ name: "none", body: packed.subarray(0, -9) })).body.detail).toContain("gzip");
  expect((await send({ name: "none", body: Buffer.from("\ufeff{}", "utf16le") })).body.detail).toContain("UTF-16");
  expect((await send({ name: "none", body: "" })).body.detail).toContain("empty");
  expect((await send({ name: "n".repeat(65), body: "{}" })).status).toBe(400);
  expect((await send({ name: "..", body: "{}" })).status).toBe(400);
});

test("a byte order mark in front is no fault", async () => {
  expect((await send({ name: "mark", body: `\ufeff${JSON.stringify(aSarifLog([]))}` })).status).toBe(202);
});

test("a name holds reports or archives, not both", async () => {
  await bring("kind", aSarifLog([]));
  const zip = { method: "POST", headers: { ...token, "content-type": "application/zip" }, body: "PK\u0003\u0004" };
  expect((await fetch(`${server.url}/api/v1/scans?name=kind`, zip)).status).toBe(409);
});

test("an earlier report that is worked off late does not undo a later one", async () => {
  const first = await send({ name: "late", body: JSON.stringify(aSarifLog(places(1))) });
  await bring("late", aSarifLog(places(3)));
  await work(first.body.runId);
  expect(await getScanRun({ name: "late", runId: first.body.runId })).toMatchObject({
    state: "failed",
    error: { code: "overtaken" },
  });
  expect(await listed("late")).toHaveLength(3);
});

test("an import that was stopped in the middle goes on, and counts both halves", async () => {
  const { body } = await send({ name: "halves", body: JSON.stringify(aSarifLog(places(4))) });
  const storage = localStorage(join(dir, "archives"));
  const means = { storage, clock: () => new Date(), signal: new AbortController().signal };
  const stopped = new Error("The worker was stopped");
  const half: typeof sarifReport = async (report) => {
    const read = await sarifReport(report);
    return {
      ...read,
      async *observeFindings() {
        for await (const page of read.observeFindings()) yield page.slice(0, 2);
        throw stopped;
      },
    };
  };
  await expect(importReport({ runId: body.runId }, { ...means, readReport: half })).rejects.toBe(stopped);
  await work(body.runId);
  expect(await getScanRun({ name: "halves", runId: body.runId })).toMatchObject({
    state: "succeeded",
    counts: { new: 4 },
  });
});

test("deleting an import closes what it brought, and the name begins anew", async () => {
  await bring("gone", aSarifLog(places(3)));
  expect((await fetch(`${server.url}/api/v1/scans/gone`, { method: "DELETE", headers: token })).status).toBe(204);
  expect((await listed("gone", { status: "closed" })).map(({ closedReason }) => closedReason)).toEqual(
    Array(3).fill("scope-lost"),
  );
  expect((await bring("gone", aSarifLog(places(2)))).counts).toMatchObject({ new: 2 });
  expect(await verifyRollups()).toEqual([]);
});

test("who may only read imports nothing", async () => {
  const viewer = bearer(await aTokenOf((await aSignedInPerson("viewer")).caller));
  const url = `${server.url}/api/v1/imports?name=web`;
  expect((await fetch(url, { method: "POST", headers: { ...viewer, ...SARIF }, body: "{}" })).status).toBe(403);
});
