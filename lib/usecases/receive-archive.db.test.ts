import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { getScan, getScanRun } from "#lib/db/read/scans.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { localStorage } from "#lib/storage/local-storage.ts";
import { aPerson } from "#testing/a-person.ts";
import { appDatabase } from "#testing/app-database.ts";
import { receiveArchive } from "./receive-archive.ts";

const urls = appDatabase();
let dir: string;
let person: { id: string; userName: string };

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "sightline-archives-"));
  await openQueue(urls.url);
  person = await aPerson();
});
afterAll(async () => {
  await closeQueue();
  await rm(dir, { recursive: true, force: true });
});

const NOW = new Date("2026-03-01T10:00:00Z");
const EMPTY_ZIP = Buffer.from("504b0506000000000000000000000000000000000000", "hex");

async function* parts(...buffers: Buffer[]): AsyncGenerator<Uint8Array> {
  yield* buffers;
}

function receive(name: string, body: AsyncIterable<Uint8Array>, declaredBytes: number | null = null) {
  const signal = new AbortController().signal;
  return receiveArchive(localStorage(dir), { name, person, body, declaredBytes, signal, now: NOW });
}

async function filesLeft(): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

async function jobsFor(runId: string): Promise<number> {
  const { rows } = await database().pool.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'run-scan' AND data->>'runId' = $1",
    [runId],
  );
  return rows[0]?.n ?? 0;
}

test("a zip is kept, queued once and counted as the next revision", async () => {
  const first = await receive("portal", parts(EMPTY_ZIP));
  // The signature may come in pieces.
  const second = await receive(
    "portal",
    parts(EMPTY_ZIP.subarray(0, 1), EMPTY_ZIP.subarray(1, 3), EMPTY_ZIP.subarray(3)),
  );
  expect(first).toMatchObject({ name: "portal", state: "queued" });
  const run = await getScanRun({ name: "portal", runId: second.runId });
  expect(run).toMatchObject({ revision: 2, state: "queued", sizeBytes: EMPTY_ZIP.length, createdBy: "priya" });
  expect(run.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(await jobsFor(second.runId)).toBe(1);
  expect(await filesLeft()).toContain(`${second.runId}.zip`);
});

test.each([
  ["an empty body", Buffer.alloc(0)],
  ["a tarball", Buffer.from("1f8b0800000000000003", "hex")],
  ["two bytes", Buffer.from("PK")],
])("%s is refused with the reason, and leaves no byte and no job", async (_, body) => {
  const before = await filesLeft();
  await expect(receive("refused", parts(body))).rejects.toMatchObject({ code: "invalid-input" });
  const [run] = (await getScan("refused")).runs;
  expect(run).toMatchObject({ state: "failed", error: { code: "invalid-input", isRetryable: false } });
  expect(await jobsFor(run!.runId)).toBe(0);
  expect(await filesLeft()).toEqual(before);
});

test("a body that is announced as too large is refused before a run is made", async () => {
  await expect(receive("huge", parts(EMPTY_ZIP), 6 * 1024 ** 3)).rejects.toMatchObject({ code: "too-large" });
  await expect(getScan("huge")).rejects.toMatchObject({ code: "not-found" });
});

test("two uploads of one name at once get two revisions", async () => {
  await Promise.all([
    receive("twins", parts(EMPTY_ZIP)),
    receive("twins", parts(EMPTY_ZIP)),
    receive("twins", parts(EMPTY_ZIP)),
  ]);
  const { runs } = await getScan("twins");
  expect(runs.map(({ revision }) => revision)).toEqual([3, 2, 1]);
});
