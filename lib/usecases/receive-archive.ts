import { failScanRun, queueScanRun, startScanRun } from "#lib/db/write/scan-runs.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { ScanRunState } from "#lib/domain/scan.ts";
import { MAX_ARCHIVE_BYTES } from "#lib/domain/upload.ts";
import { runScanJob } from "#lib/jobs/run-scan.ts";
import { type Storage, toArchiveKey } from "#lib/storage/storage.ts";
import { refuseTooSmall, refusingWhatIsNoZip } from "./refuse-no-zip.ts";

type Upload = {
  name: string;
  person: { id: string; userName: string };
  body: AsyncIterable<Uint8Array>;
  declaredBytes: number | null; // Content-Length
  signal: AbortSignal;
  now: Date;
};

/**
 * Takes an archive in as the next revision of a scan and queues it. The run exists before the first byte, so that
 * whoever waits can see it; when the upload fails the run says why and no byte of it is kept. Throws AppError.
 */
export async function receiveArchive(
  storage: Storage,
  upload: Upload,
): Promise<{ name: string; runId: string; state: ScanRunState }> {
  if (upload.declaredBytes !== null) refuseTooLarge(upload.declaredBytes);
  const { runId } = await startScanRun({ name: upload.name, personId: upload.person.id, now: upload.now });
  const storageKey = toArchiveKey(upload.person.userName, runId);
  try {
    const limits = { maxBytes: MAX_ARCHIVE_BYTES, signal: upload.signal };
    const stored = await storage.write(storageKey, refusingWhatIsNoZip(upload.body), limits);
    refuseTooSmall(stored.sizeBytes);
    await queueScanRun({ runId, storageKey, ...stored }, async (client) => {
      await runScanJob.send(client, { runId, token: runId });
    });
    return { name: upload.name, runId, state: "queued" };
  } catch (error) {
    await storage.remove(storageKey);
    const code = error instanceof AppError ? error.code : "internal";
    const message = error instanceof AppError ? error.message : "The upload could not be stored.";
    await failScanRun(runId, { code, message, isRetryable: false }, upload.now);
    throw error;
  }
}

/** Throws AppError too-large for an archive of this size. */
export function refuseTooLarge(sizeBytes: number): void {
  if (sizeBytes <= MAX_ARCHIVE_BYTES) return;
  throw new AppError(
    "too-large",
    "The archive is larger than 5 GiB. Leave out what need not be scanned: dependencies, builds, media.",
  );
}
