import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "#testing/database.ts";
import { type ArtifactFiles, openArtifactFiles } from "../store/artifact-files.ts";
import { createRun } from "../store/create-run.ts";
import { type Database, openDatabase } from "../store/database.ts";
import { migrateScanner } from "../store/migrate.ts";
import { cancelRun } from "../store/run-queue.ts";
import { createUpload, finishUpload, getUpload } from "../store/uploads.ts";
import { cleanUp } from "./clean-up.ts";

const urls = testDatabase();
const now = new Date("2026-11-24T12:00:00Z");
const hours = (count: number) => new Date(now.getTime() + count * 3600_000);
let database: Database;
let files: ArtifactFiles;

beforeAll(async () => {
  await migrateScanner(urls.scannerUrl);
  database = openDatabase(urls.scannerUrl, () => {});
  const folder = mkdtempSync(join(tmpdir(), "clean-up-"));
  files = await openArtifactFiles(join(folder, "artifacts"));
});
afterAll(async () => {
  await database.end();
  rmSync(join(files.folder, ".."), { recursive: true });
});

/** An archive on disk that was announced to expire at an instant. */
async function anUpload(expiresAt: Date): Promise<string> {
  const id = uuidv7();
  await createUpload(database, { id, scanName: id, createdAt: hours(-50), expiresAt });
  const place = async () => writeFileSync(join(files.folder, id), "zip");
  await finishUpload(database, { id, sizeBytes: 3, sha256: "hash", uploadedAt: hours(-49) }, place);
  return id;
}

async function aRun(uploadId: string): Promise<string> {
  const input = { scanName: uploadId, uploadId, scanType: "Standard", analysisType: "Security" } as const;
  return (await createRun(database, { ...input, tags: {}, clientToken: null }, now)).runId;
}

test("what is waiting to be scanned stays; what was scanned, abandoned or never known goes", async () => {
  const queued = await anUpload(hours(-48));
  await aRun(queued);
  const ended = await anUpload(hours(1));
  const endedRun = await aRun(ended);
  await cancelRun(database, endedRun, now);
  const fresh = await anUpload(hours(-1));
  const abandoned = await anUpload(hours(-25));
  writeFileSync(join(files.folder, uuidv7()), "of nobody");
  const partial = join(files.folder, `${uuidv7()}.x.partial`);
  writeFileSync(partial, "of a broken upload");
  utimesSync(partial, hours(-1), hours(-1));

  await cleanUp(database, files, now);
  expect(readdirSync(files.folder).sort()).toEqual([queued, fresh].sort());
  expect(await getUpload(database, abandoned)).toBeNull();
  expect(await getUpload(database, ended)).not.toBeNull();
});

test("a file that is not ours is left alone", async () => {
  writeFileSync(join(files.folder, "lost+found"), "");
  await cleanUp(database, files, now);
  expect(readdirSync(files.folder)).toContain("lost+found");
});
