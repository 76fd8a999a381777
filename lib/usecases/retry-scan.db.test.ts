import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { getScanRun } from "#lib/db/read/scans.ts";
import { failScanRun, finishScanRun, queueScanRun, startScanRun } from "#lib/db/write/scan-runs.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { aPerson } from "#testing/a-person.ts";
import { appDatabase } from "#testing/app-database.ts";
import { retryScan } from "./retry-scan.ts";

const urls = appDatabase();
beforeAll(async () => {
  await openQueue(urls.url);
});
afterAll(() => closeQueue());

const NOW = new Date("2026-03-01T10:00:00Z");

async function aRun(name: string): Promise<{ name: string; runId: string }> {
  const person = await aPerson({ userName: `dev-${name}` });
  const { runId } = await startScanRun({ name, personId: person.id, now: NOW });
  await queueScanRun({ runId, storageKey: `home/dev/${runId}.zip`, sizeBytes: 3, sha256: "00" }, async () => {});
  return { name, runId };
}

test("a failed run is queued as another try, which the scanner does not take for the first", async () => {
  const run = await aRun("flaky");
  await failScanRun(run.runId, { code: "interrupted", message: "Stopped.", isRetryable: true }, NOW);
  await retryScan(run);
  expect(await getScanRun(run)).toMatchObject({ state: "queued", error: null });
  const { rows } = await database().pool.query<{ token: string }>(
    "SELECT data->>'token' AS token FROM pgboss.job WHERE name = 'run-scan' AND data->>'runId' = $1",
    [run.runId],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.token).toMatch(/^[0-9a-f-]{36}$/);
  expect(rows[0]?.token).not.toBe(run.runId);
});

test("a run that did not fail is not tried again", async () => {
  const run = await aRun("fine");
  await finishScanRun(run.runId, { new: 0, closed: 0, unchanged: 0 }, NOW);
  await expect(retryScan(run)).rejects.toMatchObject({ code: "conflict" });
});
