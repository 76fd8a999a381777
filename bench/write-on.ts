import { parentPort, workerData } from "node:worker_threads";
import { closeDatabase, database, openDatabase } from "#lib/db/database.ts";
import { foldParts } from "#lib/db/write/fold-parts.ts";
import { saveObservedFindings } from "#lib/db/write/observed-findings.ts";
import { finishSyncRun, startSyncRun } from "#lib/db/write/sync-run.ts";
import { batchOf } from "./many-findings.ts";

const BATCH = 2_000;
const COUNT = 1_000_000;
const never = new AbortController().signal;

// A thread that writes one batch of new findings after the other, as a first pass does, until it is told to stop. Says
// when it has begun, and in the end how many it has written.
openDatabase(String(workerData));
let isStopped = false;
parentPort?.once("message", () => {
  isStopped = true;
});
const { rows } = await database().pool.query<{ id: string }>("SELECT id FROM connection WHERE name = 'bench' LIMIT 1");
const connectionId = rows[0]?.id ?? "";
const pass = await startSyncRun({ connectionId, mode: "whole", trigger: "person", now: new Date(), requestedBy: null });
// Other findings than those of a run before.
const prefix = String(20 + (Math.floor(Date.now() / 1000) % 70));
let written = 0;
while (!isStopped) {
  await saveObservedFindings(pass, batchOf({ prefix, start: written, size: BATCH, count: COUNT }));
  if (written === 0) parentPort?.postMessage(0);
  written += BATCH;
  if (written % (BATCH * 10) === 0) await foldParts(never);
}
await finishSyncRun(pass);
parentPort?.postMessage(written);
await closeDatabase();
parentPort?.close();
