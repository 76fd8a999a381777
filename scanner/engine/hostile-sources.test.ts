import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { zipOf } from "./archive/zip-fixture.ts";
import { type HostileSource, hostileSources } from "./hostile-sources-fixture.ts";
import { scanArchive } from "./scan-archive.ts";

vi.setConfig({ testTimeout: 300_000 });

const BESIDE = "import os\nfrom flask import request\ndef run():\n    os.system(request.args['c'])\n";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hostile-sources-"));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

/** One scan of all of them, as an archive may hold them. */
async function scanAll(sources: HostileSource[]) {
  const path = join(folder, "code.zip");
  const entries = sources.map(({ path: name, content }) => ({ name, content, method: 0 }));
  await writeFile(path, zipOf({ entries: [...entries, { name: "zz/beside.py", content: BESIDE }] }));
  return scanArchive(path, { workers: 1, signal: new AbortController().signal, onProgress: () => {} });
}

test("of each hostile file the end was seen or a reason is given, what is beside them is scanned, and memory stays", async () => {
  const sources = hostileSources();
  const before = process.memoryUsage().rss;
  const { findings, skippedFiles } = await scanAll(sources);
  const told = new Set([...findings, ...skippedFiles].map(({ path }) => path));
  expect(sources.filter(({ path }) => !told.has(path)).map(({ name }) => name)).toEqual([]);
  expect(skippedFiles.every(({ reason, detail }) => reason === "binary" || detail !== null)).toBe(true);
  expect(findings.map(({ path }) => path)).toContain("zz/beside.py");
  // What a scan leaves behind would add up from scan to scan.
  expect((process.memoryUsage().rss - before) / 1024 ** 2).toBeLessThan(500);
});
