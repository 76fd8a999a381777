import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BlobReader, TextWriter, ZipReader } from "@zip.js/zip.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packFolder } from "./pack-folder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pack-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("another reader finds every file as it was", async () => {
  const files: Record<string, string> = { "a.py": "x = 1", "empty.py": "", "dir/ünï code.ts": "let é = 'ü'" };
  mkdirSync(join(folder, "in/dir"), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, "in", name), content);
  const zip = join(folder, "out.zip");
  expect(await packFolder(join(folder, "in"), zip)).toEqual([]);
  const reader = new ZipReader(new BlobReader(new Blob([readFileSync(zip)])), { checkSignature: true });
  const found: Record<string, string> = {};
  for (const entry of await reader.getEntries())
    if (!entry.directory) found[entry.filename] = await entry.getData(new TextWriter());
  expect(found).toEqual(files);
});

test("files that hold no code are not packed", async () => {
  mkdirSync(join(folder, "in"));
  writeFileSync(join(folder, "in", "photo.jpg"), "");
  const zip = join(folder, "out.zip");
  expect(await packFolder(join(folder, "in"), zip)).toEqual([]);
  expect(readFileSync(zip)).toHaveLength(22); // the end record alone
});
