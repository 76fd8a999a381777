import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getScan, getScanRun } from "#lib/db/read/scans.ts";
import { startScanRun } from "#lib/db/write/scan-runs.ts";
import { localStorage } from "#lib/storage/local-storage.ts";
import { toArchiveKey } from "#lib/storage/storage.ts";
import { aPerson } from "#testing/a-person.ts";
import { appDatabase } from "#testing/app-database.ts";
import { endBrokenUploads } from "./end-broken-uploads.ts";
import { receiveArchive } from "./receive-archive.ts";

appDatabase();

const MINUTE_MS = 60_000;
let dir: string;
let person: { id: string; userName: string };
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "sightline-uploads-"));
  person = await aPerson();
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const afterMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS);

/** An upload that has brought its first bytes, and brings the rest when told. */
async function anUpload(name: string) {
  const bytes = Promise.withResolvers<Buffer>();
  const begun = Promise.withResolvers<void>();
  async function* body() {
    yield Buffer.from("504b030400", "hex");
    begun.resolve();
    yield await bytes.promise;
  }
  const upload = { name, person, body: body(), declaredBytes: null, signal: new AbortController().signal };
  const received = receiveArchive(localStorage(dir), { ...upload, now: new Date() });
  await begun.promise;
  return { received, sendTheRest: () => bytes.resolve(Buffer.from("the rest")) };
}

test("an upload that falls silent ends its run, leaves nothing, and cannot come back", async () => {
  const { received, sendTheRest } = await anUpload("silent");
  const runId = (await getScan("silent")).runs[0]?.runId ?? "";
  const partial = `${join(dir, toArchiveKey(person.userName, runId))}.partial`;
  await endBrokenUploads(localStorage(dir), afterMinutes(4));
  expect(await getScanRun({ name: "silent", runId })).toMatchObject({ state: "uploading" });
  expect(existsSync(partial)).toBe(true);

  await endBrokenUploads(localStorage(dir), afterMinutes(6));
  const ended = { state: "failed", error: { code: "upload-broken" } };
  expect(await getScanRun({ name: "silent", runId })).toMatchObject(ended);
  expect(existsSync(partial)).toBe(false);

  sendTheRest();
  await expect(received).rejects.toMatchObject({ name: "AppError" });
  expect(await getScanRun({ name: "silent", runId })).toMatchObject(ended);
});

test("a run whose upload never wrote a byte ends too", async () => {
  const { runId } = await startScanRun({ name: "nothing", personId: person.id, now: new Date() });
  await endBrokenUploads(localStorage(dir), afterMinutes(6));
  expect(await getScanRun({ name: "nothing", runId })).toMatchObject({ state: "failed" });
});

test("an upload that takes long but goes on is left alone", async () => {
  const longAgo = new Date(Date.now() - 60 * MINUTE_MS);
  const { runId } = await startScanRun({ name: "slow", personId: person.id, now: longAgo });
  async function* body() {
    yield Buffer.from("a byte just now");
  }
  const limits = { maxBytes: 100, signal: new AbortController().signal };
  await localStorage(dir).write(toArchiveKey(person.userName, runId), body(), limits);
  await endBrokenUploads(localStorage(dir), new Date());
  expect(await getScanRun({ name: "slow", runId })).toMatchObject({ state: "uploading" });
});
