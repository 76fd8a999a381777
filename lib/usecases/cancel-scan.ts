import { askToCancel } from "#lib/db/write/scan-runs.ts";

/** Asks the worker to stop a run. Throws AppError conflict when it has ended already. */
export async function cancelScan(run: { name: string; runId: string }, now: Date): Promise<void> {
  await askToCancel(run, now);
}
