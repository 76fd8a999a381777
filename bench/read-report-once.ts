import { createReadStream, readFileSync } from "node:fs";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { closeUnseenFindings } from "#lib/db/write/closing.ts";
import { ensureImportConnection } from "#lib/db/write/import-connection.ts";
import { saveObservedFindings } from "#lib/db/write/observed-findings.ts";
import { finishSyncRun, startSyncRun } from "#lib/db/write/sync-run.ts";
import { sarifReport } from "#lib/sources/sarif/sarif-report.ts";
import { inBatches } from "#lib/usecases/in-batches.ts";

// One way to go through a report, in a process of its own, so that its peak of memory is its own too.
const [way = "", path = "", databaseUrl = ""] = process.argv.slice(2);
const report = {
  name: "bench",
  at: new Date(),
  open: () => createReadStream(path),
  signal: new AbortController().signal,
};

const WAYS: Record<string, () => Promise<void>> = {
  parse: async () => {
    JSON.parse(readFileSync(path, "utf8"));
  },
  read: async () => {
    for await (const _ of (await sarifReport(report)).observeFindings());
  },
  import: async () => {
    openDatabase(databaseUrl);
    const connectionId = await ensureImportConnection(report.name);
    const pass = await startSyncRun({
      connectionId,
      mode: "whole",
      trigger: "person",
      now: report.at,
      requestedBy: null,
    });
    const read = await sarifReport(report);
    for await (const batch of inBatches(read.observeFindings(), 5_000)) await saveObservedFindings(pass, batch);
    await closeUnseenFindings(pass);
    await finishSyncRun(pass);
    await closeDatabase();
  },
};

const begun = performance.now();
await WAYS[way]?.();
const seconds = (performance.now() - begun) / 1000;
// maxRSS is in KiB.
process.stdout.write(JSON.stringify({ seconds, peakMebibytes: process.resourceUsage().maxRSS / 1024 }));
