import { hasArrived } from "#lib/db/read/uploads.ts";
import { queueScanRun } from "#lib/db/write/scan-runs.ts";
import { AppError } from "#lib/domain/errors.ts";
import { runScanJob } from "#lib/jobs/run-scan.ts";
import { type Storage, toArchiveKey } from "#lib/storage/storage.ts";

/**
 * Every part is there: makes the archive whole and queues its run, as an upload in one request does. Done twice it is
 * the same. Throws AppError conflict when the upload was ended meanwhile; nothing of it is kept then.
 */
export async function finishUpload(
  storage: Storage,
  { runId, userName }: { runId: string; userName: string },
  knownSha256: string | null,
): Promise<void> {
  const storageKey = toArchiveKey(userName, runId);
  const stored = await storage.complete(storageKey, knownSha256);
  try {
    await queueScanRun({ runId, storageKey, ...stored }, async (client) => {
      await runScanJob.send(client, { runId, token: runId });
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    // Two may be at it: the sender's last request, and the worker that took it for broken.
    if (await hasArrived(runId)) return;
    await storage.remove(storageKey);
    throw error;
  }
}
