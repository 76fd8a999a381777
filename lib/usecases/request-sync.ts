import { listSyncRunsById } from "#lib/db/read/sync.ts";
import { queueDueSyncRuns, queueSyncRuns } from "#lib/db/write/queued-sync-runs.ts";
import type { SyncRequest, SyncRun } from "#lib/domain/sync-run.ts";

/**
 * Asks the worker to sync one connection, or all of them. Returns the runs that stand for it: where one waits or runs
 * already, that one. Throws AppError not-found.
 */
export async function requestSync(request: SyncRequest, personId: string, now: Date): Promise<SyncRun[]> {
  const ids = await queueSyncRuns(request.connectionId ?? null, {
    trigger: "person",
    requestedBy: personId,
    mode: request.mode ?? null,
    now,
  });
  return await listSyncRunsById(ids);
}

/** Asks for a pass of every connection whose time has come. Returns how many. */
export async function requestDueSyncs(now: Date): Promise<number> {
  return (await queueDueSyncRuns(now)).length;
}
