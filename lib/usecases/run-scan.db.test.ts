import { Readable } from "node:stream";
import { beforeEach, expect, test } from "vitest";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { getScanRun } from "#lib/db/read/scans.ts";
import { listSyncRuns } from "#lib/db/read/sync.ts";
import { askToCancel, queueScanRun, startScanRun } from "#lib/db/write/scan-runs.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { syncRunFilterSchema } from "#lib/domain/sync-run.ts";
import { type CodeScanner, type ObservedScan, SourceError } from "#lib/sources/source.ts";
import { aPerson } from "#testing/a-person.ts";
import { appDatabase } from "#testing/app-database.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { runScan, type ScanMeans } from "./run-scan.ts";

appDatabase();

const NOW = new Date("2026-03-01T10:00:00Z");
const running: ObservedScan = {
  state: "running",
  stage: "analysing",
  done: 3,
  total: 7,
  skippedFiles: [],
  failure: null,
};
const succeeded: ObservedScan = {
  ...running,
  state: "succeeded",
  done: 7,
  skippedFiles: [{ path: "a.min.js", reason: "minified", detail: null }],
};

/** A scanner that answers as told, and notes what it was asked. */
function fakeScanner(scans: ObservedScan[], findings: ObservedFinding[] = []) {
  const asked: string[] = [];
  const scanner: CodeScanner = {
    async startScan({ token, archive }) {
      asked.push(`start ${token} ${archive.sizeBytes}`);
      return "wire-run";
    },
    async observeScan() {
      asked.push("look");
      return scans.length > 1 ? scans.shift()! : scans[0]!;
    },
    async *observeFindings() {
      yield findings;
    },
    async cancelScan({ wireRunId }) {
      asked.push(`cancel ${wireRunId}`);
    },
  };
  return { scanner, asked };
}

let removed: string[];
const storage: ScanMeans["storage"] = {
  read: () => Readable.from(["zip"]),
  remove: async (key) => {
    removed.push(key);
  },
};
beforeEach(() => {
  removed = [];
});

let people = 0;
async function aQueuedRun(name: string): Promise<string> {
  people += 1;
  const person = await aPerson({ userName: `dev-${people}` });
  const { runId } = await startScanRun({ name, personId: person.id, now: NOW });
  await queueScanRun({ runId, storageKey: `home/dev/${runId}.zip`, sizeBytes: 3, sha256: "00" }, async () => {});
  return runId;
}

function run(runId: string, scanner: CodeScanner, means: { storage: ScanMeans["storage"] } = { storage }) {
  const signal = new AbortController().signal;
  return runScan(
    { runId, token: runId },
    { scanner, ...means, region: "us-east-1", clock: () => NOW, pollMs: 1, signal },
  );
}

function codeFinding(name: string, n: number, overrides: Partial<ObservedFinding> = {}): ObservedFinding {
  return anObservedFinding({
    sourceId: `${name}/${n}`,
    accountId: "000000000000",
    region: "us-east-1",
    type: "code",
    title: `Finding ${n}`,
    scanName: name,
    lineage: `scan:${name}|app.py|${n}`,
    resource: { type: "CODE_SCAN", id: name, name, lineage: `scan:${name}` },
    vulnerability: { kind: "detector", name: "python/sql-injection@v1.0" },
    packages: [],
    ...overrides,
  });
}

async function titlesOf(name: string, status: string): Promise<string[]> {
  const { items } = await listFindings(findingFilterSchema.parse({ scanName: name, status }));
  return items.map(({ title }) => title).sort();
}

test("a run goes from its archive to the list, and its archive is dropped", async () => {
  const runId = await aQueuedRun("portal");
  const { scanner, asked } = fakeScanner([running, succeeded], [codeFinding("portal", 1), codeFinding("portal", 2)]);
  await run(runId, scanner);
  const ended = await getScanRun({ name: "portal", runId });
  expect(ended).toMatchObject({ state: "succeeded", counts: { new: 2, closed: 0, unchanged: 0 }, error: null });
  expect(ended.skippedFiles).toEqual([{ path: "a.min.js", reason: "minified", detail: null }]);
  const { items } = await listFindings(findingFilterSchema.parse({ scanName: "portal", status: "active" }));
  expect(items.map(({ title }) => title).sort()).toEqual(["Finding 1", "Finding 2"]);
  expect(items[0]?.lastObservedAt).toBe(ended.finishedAt);
  expect(asked).toEqual([`start ${runId} 3`, "look", "look"]);
  expect(removed).toEqual([`home/dev/${runId}.zip`]);
});

test("the next revision says what is new, what is fixed and what stayed; other scans are left alone", async () => {
  const other = fakeScanner([succeeded], [codeFinding("other", 9)]);
  await run(await aQueuedRun("other"), other.scanner);
  const first = [codeFinding("shop", 1), codeFinding("shop", 2)];
  await run(await aQueuedRun("shop"), fakeScanner([succeeded], first).scanner);
  const later = new Date("2026-03-02T10:00:00Z");
  const second = [first[0]!, { ...first[1]!, status: "closed" as const, updatedAt: later }, codeFinding("shop", 3)];
  const runId = await aQueuedRun("shop");
  await run(runId, fakeScanner([succeeded], second).scanner);
  expect((await getScanRun({ name: "shop", runId })).counts).toEqual({ new: 1, closed: 1, unchanged: 1 });
  expect(await titlesOf("shop", "active")).toEqual(["Finding 1", "Finding 3"]);
  expect(await titlesOf("shop", "closed")).toEqual(["Finding 2"]);
  expect(await titlesOf("other", "active")).toEqual(["Finding 9"]);
});

test("a scanner that is away keeps the archive, and the run waits for it", async () => {
  const runId = await aQueuedRun("patient");
  const { scanner } = fakeScanner([succeeded], [codeFinding("patient", 1)]);
  const away = new SourceError({ code: "unreachable", message: "away", permission: null });
  await expect(run(runId, { ...scanner, startScan: () => Promise.reject(away) })).rejects.toBe(away);
  expect(await getScanRun({ name: "patient", runId })).toMatchObject({ state: "queued", stage: "waiting-for-scanner" });
  expect(removed).toEqual([]);
  await run(runId, scanner);
  expect((await getScanRun({ name: "patient", runId })).state).toBe("succeeded");
});

test("a scanner that goes away while it scans is waited for, and the run says so", async () => {
  const runId = await aQueuedRun("abandoned");
  const { scanner, asked } = fakeScanner([succeeded], [codeFinding("abandoned", 1)]);
  const away = new SourceError({ code: "unreachable", message: "away", permission: null });
  await expect(run(runId, { ...scanner, observeScan: () => Promise.reject(away) })).rejects.toBe(away);
  const waiting = { state: "scanning", stage: "waiting-for-scanner" };
  expect(await getScanRun({ name: "abandoned", runId })).toMatchObject(waiting);
  expect(removed).toEqual([]);
  await run(runId, scanner);
  expect((await getScanRun({ name: "abandoned", runId })).state).toBe("succeeded");
  expect(asked.filter((call) => call.startsWith("start"))).toHaveLength(1);
});

test("revisions of one name take turns, and each is told its own changes alone", async () => {
  const [first, second] = [await aQueuedRun("turns"), await aQueuedRun("turns")];
  const findings = [codeFinding("turns", 1)];
  const { scanner, asked } = fakeScanner([succeeded], findings);
  const later: CodeScanner = {
    ...scanner,
    // The scanner tells of a name what its last run found.
    startScan: async (scan) => {
      findings.push(codeFinding("turns", 2));
      return scanner.startScan(scan);
    },
  };
  await expect(run(second, later)).rejects.toMatchObject({ code: "conflict" });
  const observeScan: CodeScanner["observeScan"] = async (scan) => {
    await expect(run(second, later)).rejects.toMatchObject({ code: "conflict" });
    return scanner.observeScan(scan);
  };
  await run(first, { ...scanner, observeScan });
  const waiting = { state: "queued", stage: "waiting-for-turn" };
  expect(await getScanRun({ name: "turns", runId: second })).toMatchObject(waiting);
  await run(second, later);
  expect(asked.filter((call) => call.startsWith("start"))).toEqual([`start ${first} 3`, `start ${second} 3`]);
  const counts = async (runId: string) => (await getScanRun({ name: "turns", runId })).counts;
  expect(await counts(first)).toEqual({ new: 1, closed: 0, unchanged: 0 });
  expect(await counts(second)).toEqual({ new: 1, closed: 0, unchanged: 1 });
});

test("a run that nobody has heard of for long holds no other up", async () => {
  const [lost, next] = [await aQueuedRun("lost"), await aQueuedRun("lost")];
  const { scanner } = fakeScanner([succeeded]);
  const stopped = new Error("the worker was stopped");
  await expect(run(lost, { ...scanner, observeScan: () => Promise.reject(stopped) })).rejects.toBe(stopped);
  const signal = new AbortController().signal;
  const clock = () => new Date(NOW.getTime() + 16 * 60_000);
  const means = { scanner, storage, region: "us-east-1", clock, pollMs: 1, signal };
  await runScan({ runId: next, token: next }, means);
  expect((await getScanRun({ name: "lost", runId: next })).state).toBe("succeeded");
});

test("a refused archive ends with the scanner's reason and leaves nothing", async () => {
  const runId = await aQueuedRun("bomb");
  const failure = { code: "bomb", message: "The archive unpacks to far more than it holds.", isRetryable: false };
  await run(runId, fakeScanner([{ ...running, state: "failed", failure }]).scanner);
  expect(await getScanRun({ name: "bomb", runId })).toMatchObject({ state: "failed", error: failure });
  expect(removed).toHaveLength(1);
});

test("an import that was stopped goes on, and its difference counts both halves", async () => {
  const runId = await aQueuedRun("halves");
  const findings = [codeFinding("halves", 1), codeFinding("halves", 2), codeFinding("halves", 3)];
  const { scanner } = fakeScanner([succeeded], findings);
  const away = new SourceError({ code: "unreachable", message: "away", permission: null });
  async function* firstHalf() {
    yield findings.slice(0, 2);
    throw away;
  }
  await expect(run(runId, { ...scanner, observeFindings: firstHalf })).rejects.toBe(away);
  await run(runId, scanner);
  const expected = { state: "succeeded", counts: { new: 3, closed: 0, unchanged: 0 } };
  expect(await getScanRun({ name: "halves", runId })).toMatchObject(expected);
  const { items } = await listSyncRuns(syncRunFilterSchema.parse({}));
  expect(items.filter(({ state }) => state === "running")).toEqual([]);
});

test.each([
  ["its result was there", succeeded],
  [
    "it was refused",
    { ...running, state: "failed", failure: { code: "bomb", message: "Too much.", isRetryable: false } } as const,
  ],
])("a run that was stopped when %s drops its archive when it comes again", async (outcome, scan) => {
  const runId = await aQueuedRun(outcome.replaceAll(" ", "-"));
  const { scanner } = fakeScanner([scan]);
  const stopped = new Error("the worker was stopped");
  const remove = () => Promise.reject(stopped);
  await expect(run(runId, scanner, { storage: { ...storage, remove } })).rejects.toBe(stopped);
  await run(runId, scanner);
  expect(removed).toEqual([`home/dev/${runId}.zip`]);
});

test("what can be tried again keeps its archive", async () => {
  const runId = await aQueuedRun("flaky");
  const failure = { code: "interrupted", message: "The scanner was stopped.", isRetryable: true };
  await run(runId, fakeScanner([{ ...running, state: "failed", failure }]).scanner);
  expect(removed).toEqual([]);
});

test("a person's cancel stops the scanner", async () => {
  const runId = await aQueuedRun("stop");
  const { scanner, asked } = fakeScanner([running]);
  const observeScan: CodeScanner["observeScan"] = async (scan) => {
    await askToCancel({ name: "stop", runId }, NOW);
    return scanner.observeScan(scan);
  };
  await run(runId, { ...scanner, observeScan });
  expect((await getScanRun({ name: "stop", runId })).state).toBe("cancelled");
  expect(asked).toContain("cancel wire-run");
});

test("a run that was stopped in the middle goes on where the scanner is, and is sent once", async () => {
  const runId = await aQueuedRun("resumed");
  const { scanner, asked } = fakeScanner([succeeded], [codeFinding("resumed", 1)]);
  const stopped = new Error("the worker was stopped");
  await expect(run(runId, { ...scanner, observeScan: () => Promise.reject(stopped) })).rejects.toBe(stopped);
  await run(runId, scanner);
  await run(runId, scanner);
  expect(asked.filter((call) => call.startsWith("start"))).toHaveLength(1);
  expect(await titlesOf("resumed", "active")).toEqual(["Finding 1"]);
});
