import { listSyncRunsById } from "#lib/db/read/sync.ts";
import { type SyncPass, startSyncRun } from "#lib/db/write/sync-run.ts";

/**
 * Starts the run that a job stands for. A job that comes again after its worker was killed takes its run over; after a
 * worker that stopped in order, and marked the run interrupted, it starts another one in its place. Returns null when
 * there is nothing left to do. Throws AppError conflict while another run of the connection is alive.
 */
export async function resumeSyncRun(runId: string, now: Date): Promise<SyncPass | null> {
  const [run] = await listSyncRunsById([runId]);
  if (run === undefined) return null;
  const { connectionId, mode, trigger } = run;
  const request = { connectionId, mode, trigger, now, requestedBy: null };
  if (run.state === "queued" || run.state === "running") return await startSyncRun({ ...request, runId });
  return run.failure?.code === "interrupted" ? await startSyncRun(request) : null;
}
