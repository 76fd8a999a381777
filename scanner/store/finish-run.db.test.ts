import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "#testing/database.ts";
import { anEngineFinding } from "#testing/scanner-service.ts";
import type { EngineFinding } from "../engine/engine-finding.ts";
import { createRun } from "./create-run.ts";
import { type Database, openDatabase } from "./database.ts";
import { migrateScanner } from "./migrate.ts";
import { type ClaimedRun, cancelRun, claimRun, failRun, finishRun, releaseRun } from "./run-queue.ts";
import { createUpload, finishUpload } from "./uploads.ts";

const urls = testDatabase();
const now = new Date("2026-11-24T12:00:00Z");
let database: Database;

beforeAll(async () => {
  await migrateScanner(urls.scannerUrl);
  database = openDatabase(urls.scannerUrl, () => {});
});
afterAll(() => database.end());

/** A run of the next revision, taken by a runner. */
async function aClaimedRun(scanName: string): Promise<ClaimedRun> {
  const uploadId = randomUUID();
  await createUpload(database, { id: uploadId, scanName, createdAt: now, expiresAt: now });
  await finishUpload(database, { id: uploadId, sizeBytes: 1, sha256: "hash", uploadedAt: now }, async () => {});
  const input = { scanName, uploadId, scanType: "Standard", analysisType: "Security" } as const;
  const { runId } = await createRun(database, { ...input, tags: {}, clientToken: null }, now);
  const claimed = await claimRun(database, now);
  if (claimed?.id !== runId) throw new Error("Another run was waiting");
  return claimed;
}

function finish(run: ClaimedRun, findings: EngineFinding[]): Promise<boolean> {
  const result = { findings, skippedFiles: [], filesScanned: 1, linesScanned: 1, languages: {} };
  return finishRun(database, run, result, now);
}

/** Each finding with the transaction that wrote it last. */
async function rowsOf(scanName: string) {
  const { rows } = await database.query<{ fingerprint: string; status: string; xmin: string }>(
    `SELECT f.fingerprint, f.status, f.xmin::text FROM scanner.finding f JOIN scanner.scan s ON s.id = f.scan_id
     WHERE s.name = $1 ORDER BY f.fingerprint`,
    [scanName],
  );
  return rows;
}

const [a, b] = [anEngineFinding({ fingerprint: "a" }), anEngineFinding({ fingerprint: "b", startLine: 50 })];

test("a revision that changes nothing writes no finding, and one that closes writes only what closed", async () => {
  await finish(await aClaimedRun("calm"), [a, b]);
  const before = await rowsOf("calm");
  await finish(await aClaimedRun("calm"), [b, a]);
  expect(await rowsOf("calm")).toEqual(before);
  await finish(await aClaimedRun("calm"), [a]);
  expect(await rowsOf("calm")).toEqual([before[0], { fingerprint: "b", status: "Closed", xmin: expect.any(String) }]);
});

test("a run that was cancelled, or taken over, writes nothing any more", async () => {
  const cancelled = await aClaimedRun("cancelled");
  await cancelRun(database, cancelled.id, now);
  expect(await finish(cancelled, [a])).toBe(false);
  expect(await rowsOf("cancelled")).toEqual([]);

  const run = await aClaimedRun("taken");
  const older = { ...run, attempt: run.attempt - 1 };
  expect(await finish(older, [a])).toBe(false);
  expect(await failRun(database, older, { code: "x", message: "x" }, now)).toBe(false);
  expect(await finish(run, [b])).toBe(true);
  expect(await rowsOf("taken")).toMatchObject([{ fingerprint: "b" }]);
});

test("a result that cannot be stored leaves the run and the findings as they were", async () => {
  await finish(await aClaimedRun("whole"), [a]);
  const before = await rowsOf("whole");
  const run = await aClaimedRun("whole");
  // More lines than PostgreSQL's integer holds: the last of the findings breaks the transaction.
  await expect(finish(run, [b, { ...a, fingerprint: "c", startLine: 2 ** 40 }])).rejects.toThrow("out of range");
  expect(await rowsOf("whole")).toEqual(before);
  await releaseRun(database, run);
  await cancelRun(database, run.id, now);
});
