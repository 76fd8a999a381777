import { listUploadingRuns } from "#lib/db/read/scans.ts";
import { failScanRun } from "#lib/db/write/scan-runs.ts";
import { type Storage, toArchiveKey } from "#lib/storage/storage.ts";

/** A connection that has brought no byte for so long is given up. */
const SILENCE_MS = 5 * 60_000;

/**
 * Ends the runs whose upload nobody carries on, because the process that took it in was killed or its line went dead,
 * and removes what there is of their archives. Whoever is still sending then learns that it is too late.
 */
export async function endBrokenUploads(storage: Storage, now: Date): Promise<void> {
  const silentSince = new Date(now.getTime() - SILENCE_MS);
  for (const { runId, userName } of await listUploadingRuns(silentSince)) {
    const key = toArchiveKey(userName, runId);
    const lastWrittenAt = await storage.lastWrittenAt(key);
    if (lastWrittenAt !== null && lastWrittenAt > silentSince) continue;
    const message = "The upload broke off before its end. Nothing was kept; send it again.";
    await failScanRun(runId, { code: "upload-broken", message, isRetryable: false }, now);
    await storage.remove(key);
  }
}
