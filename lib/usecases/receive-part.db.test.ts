import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getScanRun } from "#lib/db/read/scans.ts";
import { localStorage } from "#lib/storage/local-storage.ts";
import type { Storage } from "#lib/storage/storage.ts";
import { aPerson } from "#testing/a-person.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { cancelUpload } from "./cancel-upload.ts";
import { receivePart } from "./receive-part.ts";
import { startUpload } from "./start-upload.ts";

queueDatabase();
let dir: string;
let personId: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "sightline-parts-"));
  personId = (await aPerson()).id;
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function filesLeft(): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

test("an upload that is cancelled just before its bytes are written leaves none of them", async () => {
  const now = new Date();
  const storage = localStorage(dir);
  const { runId } = await startUpload(storage, { name: "late", personId, lengthBytes: 1000, metadata: "", now });
  const slow: Storage = {
    ...storage,
    append: async (...part) => {
      await cancelUpload(storage, { runId, personId }, now);
      return await storage.append(...part);
    },
  };
  async function* body() {
    yield Buffer.from("504b0304", "hex");
  }
  const { signal } = new AbortController();
  const part = { runId, personId, offset: 0, checksum: null, signal, body: body(), declaredBytes: 4, clock: () => now };
  expect(await receivePart(slow, part)).toBe(4);
  expect(await getScanRun({ name: "late", runId })).toMatchObject({ state: "cancelled" });
  expect(await filesLeft()).toEqual([]);
});
