import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type ArtifactFiles,
  artifactPath,
  listArtifacts,
  openArtifactFiles,
  receiveArtifact,
  removeStalePartials,
  UploadTooLarge,
} from "./artifact-files.ts";

let files: ArtifactFiles;
beforeEach(async () => {
  files = await openArtifactFiles(join(mkdtempSync(join(tmpdir(), "artifacts-")), "new"));
});
afterEach(() => rmSync(files.folder, { recursive: true }));

test("an archive is whole or not there at all, and only its owner may read it", async () => {
  const id = randomUUID();
  const file = await receiveArtifact(files, id, Readable.from([Buffer.from("ab"), Buffer.from("c")]), 3);
  expect(file).toMatchObject({ sizeBytes: 3, sha256: createHash("sha256").update("abc").digest("base64") });
  expect(await listArtifacts(files)).toEqual([]);
  await file.place();
  expect(await listArtifacts(files)).toEqual([id]);
  await file.discard();
  expect(readFileSync(artifactPath(files, id), "utf8")).toBe("abc");
  expect(statSync(artifactPath(files, id)).mode & 0o777).toBe(0o600);
});

test("one byte over the limit is too much, and leaves nothing", async () => {
  const receiving = receiveArtifact(files, "id", Readable.from([Buffer.alloc(4)]), 3);
  await expect(receiving).rejects.toThrow(UploadTooLarge);
  expect(readdirSync(files.folder)).toEqual([]);
});

test("partial files go when nobody has written to them for long", async () => {
  await receiveArtifact(files, "old", Readable.from([Buffer.alloc(1)]), 3);
  const [old = ""] = readdirSync(files.folder);
  utimesSync(join(files.folder, old), 1, 1);
  await receiveArtifact(files, "young", Readable.from([Buffer.alloc(1)]), 3);
  await removeStalePartials(files, new Date(60_000));
  expect(readdirSync(files.folder).map((name) => name.split(".")[0])).toEqual(["young"]);
});
