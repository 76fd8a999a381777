import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { finishScanRun, queueScanRun, startScanRun, takeScanRun } from "#lib/db/write/scan-runs.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { runScanJob } from "#lib/jobs/run-scan.ts";
import { aPerson } from "#testing/a-person.ts";
import { appDatabase } from "#testing/app-database.ts";
import { resumeScans } from "./resume-scans.ts";

const urls = appDatabase();
beforeAll(async () => {
  await openQueue(urls.url);
});
afterAll(() => closeQueue());

const NOW = new Date("2026-03-01T10:00:00Z");
const AN_HOUR_LATER = new Date("2026-03-01T11:00:00Z");

async function aQueuedRun(name: string): Promise<string> {
  const person = await aPerson({ userName: `dev-${name}` });
  const { runId } = await startScanRun({ name, personId: person.id, now: NOW });
  await queueScanRun({ runId, storageKey: `home/dev/${runId}.zip`, sizeBytes: 3, sha256: "00" }, async () => {});
  return runId;
}

async function countJobs(runId: string): Promise<number> {
  const { rowCount } = await database().pool.query(
    "SELECT FROM pgboss.job WHERE name = 'run-scan' AND data->>'runId' = $1",
    [runId],
  );
  return rowCount ?? 0;
}

test("a run whose job was given up goes on by itself", async () => {
  const runId = await aQueuedRun("given-up");
  await resumeScans(AN_HOUR_LATER);
  expect(await countJobs(runId)).toBe(1);
});

test("a run whose job waits keeps that one", async () => {
  const runId = await aQueuedRun("patient");
  await runScanJob.send(database().pool, { runId, token: runId });
  await resumeScans(AN_HOUR_LATER);
  expect(await countJobs(runId)).toBe(1);
});

test("a run that shows signs of life, and one that has ended, are left alone", async () => {
  const [alive, ended] = [await aQueuedRun("alive"), await aQueuedRun("ended")];
  await takeScanRun(alive, AN_HOUR_LATER);
  await finishScanRun(ended, { new: 0, closed: 0, unchanged: 0 }, NOW);
  await resumeScans(AN_HOUR_LATER);
  expect(await countJobs(alive)).toBe(0);
  expect(await countJobs(ended)).toBe(0);
});
