import { failScanRun } from "#lib/db/write/scan-runs.ts";
import type { ScanFailure } from "#lib/domain/scan.ts";
import { type Storage, toArchiveKey } from "#lib/storage/storage.ts";

export const CANCELLED: ScanFailure = { code: "cancelled", message: "The upload was cancelled.", isRetryable: false };

/** Ends a run whose archive is not whole, and keeps nothing of it. Whoever is still sending then learns that it is over. */
export async function endUpload(
  storage: Storage,
  { runId, userName }: { runId: string; userName: string },
  failure: ScanFailure,
  now: Date,
): Promise<void> {
  const key = toArchiveKey(userName, runId);
  // First of all, since nobody comes back for a run that has ended; and once more, for what a sender brought in between.
  await storage.remove(key);
  await failScanRun(runId, failure, now);
  await storage.remove(key);
}
