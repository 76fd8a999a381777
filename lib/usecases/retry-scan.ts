import { v7 as uuidv7 } from "uuid";
import { requeueScanRun } from "#lib/db/write/scan-runs.ts";
import { runScanJob } from "#lib/jobs/run-scan.ts";

/** Queues a failed run again, with the archive that it has. Throws AppError conflict when that cannot be. */
export async function retryScan(run: { name: string; runId: string }): Promise<void> {
  await requeueScanRun(run, async (client) => {
    await runScanJob.send(client, { runId: run.runId, token: uuidv7() });
  });
}
