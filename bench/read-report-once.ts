import { createReadStream, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { closeDatabase, database, openDatabase } from "#lib/db/database.ts";
import { queueScanRun, startScanRun } from "#lib/db/write/scan-runs.ts";
import { sarifReport } from "#lib/sources/sarif/sarif-report.ts";
import { localStorage } from "#lib/storage/local-storage.ts";
import { toArchiveKey } from "#lib/storage/storage.ts";
import { importReport } from "#lib/usecases/import-report.ts";
import { copyReference, createReference } from "./reference-copy.ts";

// One way to go through a report, in a process of its own, so that its peak of memory is its own too.
const [way = "", path = "", databaseUrl = ""] = process.argv.slice(2);
const { signal } = new AbortController();
const report = { name: basename(path, ".sarif"), at: new Date(), open: () => createReadStream(path), signal };

/** What it does, and how long that took; told beside it, where there is anything to tell. */
const WAYS: Record<string, () => Promise<{ seconds: number; counts?: unknown }>> = {
  parse: async () => await timed(async () => JSON.parse(readFileSync(path, "utf8"))),
  read: async () =>
    await timed(async () => {
      for await (const _ of (await sarifReport(report)).observeFindings());
    }),
  copy: async () => {
    await createReference();
    let seconds = 0;
    for await (const findings of (await sarifReport(report)).observeFindings()) {
      seconds += (await timed(() => copyReference(findings))).seconds;
    }
    return { seconds };
  },
  import: async () => {
    const storage = localStorage(dirname(path));
    const runId = await receive(storage);
    const means = { readReport: sarifReport, storage, clock: () => new Date(), signal };
    const { seconds } = await timed(() => importReport({ runId }, means));
    const { rows } = await database().pool.query<{ state: string; counts: unknown }>(
      "SELECT state, counts FROM scan_run WHERE id = $1",
      [runId],
    );
    if (rows[0]?.state !== "succeeded") throw new Error(`The import ${rows[0]?.state}`);
    return { seconds, counts: rows[0].counts };
  },
};

/** As if somebody had sent it. */
async function receive(storage: ReturnType<typeof localStorage>): Promise<string> {
  const { rows } = await database().pool.query<{ id: string }>(
    `INSERT INTO person (id, user_name, role, created_at) VALUES (gen_random_uuid(), 'bench', 'developer', now())
     ON CONFLICT (user_name) DO UPDATE SET role = EXCLUDED.role RETURNING id`,
  );
  const { runId } = await startScanRun({
    name: report.name,
    personId: rows[0]?.id ?? "",
    now: new Date(),
    source: "sarif",
  });
  const storageKey = toArchiveKey("bench", runId);
  const stored = await storage.write(storageKey, report.open(), { maxBytes: Number.MAX_SAFE_INTEGER, signal });
  await queueScanRun({ runId, storageKey, ...stored }, async () => {});
  return runId;
}

async function timed(work: () => Promise<unknown>): Promise<{ seconds: number }> {
  const begun = performance.now();
  await work();
  return { seconds: (performance.now() - begun) / 1000 };
}

if (databaseUrl !== "") openDatabase(databaseUrl);
const told = await WAYS[way]?.();
if (databaseUrl !== "") await closeDatabase();
// maxRSS is in KiB.
process.stdout.write(JSON.stringify({ ...told, peakMebibytes: process.resourceUsage().maxRSS / 1024 }));
