import { v7 as uuidv7 } from "uuid";
import { requeueSilentRuns } from "#lib/db/write/scan-runs.ts";
import { runScanJob } from "#lib/jobs/run-scan.ts";

/** Longer than the longest pause between two tries of a job. */
const SILENCE_MS = 10 * 60_000;

/**
 * Queues runs again that no job stands for any more, because the scanner was away for longer than a job is tried. A run
 * whose job waits or runs keeps that one.
 */
export async function resumeScans(now: Date): Promise<void> {
  await requeueSilentRuns(new Date(now.getTime() - SILENCE_MS), async (client, runId) => {
    await runScanJob.send(client, { runId, token: uuidv7() });
  });
}
