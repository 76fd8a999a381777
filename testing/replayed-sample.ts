import { afterAll, beforeAll } from "vitest";
import { listSampleConnections } from "#lib/db/read/sample.ts";
import { startSyncRun } from "#lib/db/write/sync-run.ts";
import { weeksBetween } from "#lib/domain/sample-progress.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { observeSampleOrganisation } from "#lib/sources/inspector/sample-organisation.ts";
import { replaySample } from "#lib/usecases/replay-sample.ts";
import { startSample } from "#lib/usecases/start-sample.ts";
import { syncConnection } from "#lib/usecases/sync-connection.ts";
import { startSample as startSampleServer } from "../sample/server.ts";
import type { TestDatabase } from "./database.ts";
import { withSampleAt } from "./sample-sync.ts";

const DAY_MS = 86_400_000;
const { signal } = new AbortController();

/** A small sample organisation whose year up to `end` has been lived through before the file's tests run. */
export async function replayedSample(db: TestDatabase, end: Date, findings = 1_000): Promise<{ url: string }> {
  const sample = await startSampleServer({ port: 0, findings, end });
  beforeAll(async () => {
    await openQueue(db.url);
    const { accounts, regions, start, end: endsAt } = await observeSampleOrganisation(sample.url, signal);
    await startSample("auto", async () => ({ accounts, regions, endsAt, weeks: weeksBetween(start, endsAt) }), end);
    await replaySample({
      withSourceAt: (region, asOf, use) => withSampleAt(sample.url, region, asOf, use),
      signal,
      clock: () => end,
    });
  }, 240_000);
  afterAll(async () => {
    await closeQueue();
    await sample.close();
  });
  return { url: sample.url };
}

/**
 * Three more syncs after the year, two days apart and the last one whole. The sample's year has ended, so they read it as
 * it was long before: that closes most of what is open, opens other things again, and makes every old answer worth asking
 * for once more.
 */
export async function syncThreeTimesMore(url: string, end: Date): Promise<void> {
  for (const week of [1, 2, 3]) {
    const now = new Date(end.getTime() + week * 2 * DAY_MS);
    const state = new Date(end.getTime() - week * 20 * DAY_MS);
    for (const { id, region } of await listSampleConnections()) {
      const mode = week === 3 ? "whole" : "incremental";
      const pass = await startSyncRun({ connectionId: id, mode, trigger: "person", now, requestedBy: null });
      await withSampleAt(url, region, state, (source) => syncConnection(source, pass, signal));
    }
  }
}
