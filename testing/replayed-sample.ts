import { afterAll, beforeAll } from "vitest";
import { weeksBetween } from "#lib/domain/sample-progress.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { observeSampleOrganisation } from "#lib/sources/inspector/sample-organisation.ts";
import { replaySample } from "#lib/usecases/replay-sample.ts";
import { startSample } from "#lib/usecases/start-sample.ts";
import { startSample as startSampleServer } from "../sample/server.ts";
import type { TestDatabase } from "./database.ts";
import { withSampleAt } from "./sample-sync.ts";

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
