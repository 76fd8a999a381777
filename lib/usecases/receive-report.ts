import { failScanRun, queueScanRun, startScanRun } from "#lib/db/write/scan-runs.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { ScanRunState } from "#lib/domain/scan.ts";
import { importReportJob } from "#lib/jobs/import-report.ts";
import { type Storage, toArchiveKey } from "#lib/storage/storage.ts";
import { checkReport } from "./check-report.ts";
import { openReport } from "./open-report.ts";

/** As it is sent, packed or not. */
const MAX_REPORT_BYTES = 1024 ** 3;

type Upload = {
  name: string;
  person: { id: string; userName: string };
  body: AsyncIterable<Uint8Array>;
  declaredBytes: number | null; // Content-Length
  signal: AbortSignal;
  now: Date;
};

/**
 * Takes a report in as the next revision of an import, reads it to its end and queues it: what is accepted here can
 * be imported. A report that cannot be is named with the JSON path of its fault, and no byte of it is kept. Throws
 * AppError.
 */
export async function receiveReport(
  storage: Storage,
  upload: Upload,
): Promise<{ name: string; runId: string; state: ScanRunState }> {
  const { name, person, now } = upload;
  if (upload.declaredBytes !== null && upload.declaredBytes > MAX_REPORT_BYTES)
    throw new AppError("too-large", "The report is larger than 1 GiB. Send it as gzip.");
  const { runId } = await startScanRun({ name, personId: person.id, now, source: "sarif" });
  const storageKey = toArchiveKey(person.userName, runId);
  try {
    const stored = await storage.write(storageKey, upload.body, { maxBytes: MAX_REPORT_BYTES, signal: upload.signal });
    if (stored.sizeBytes === 0)
      throw new AppError("invalid-input", "The upload is empty. Send the report as the body.");
    await checkReport(() => openReport(storage, storageKey));
    await queueScanRun({ runId, storageKey, ...stored }, async (client) => {
      await importReportJob.send(client, { runId });
    });
    return { name, runId, state: "queued" };
  } catch (error) {
    await storage.remove(storageKey);
    const code = error instanceof AppError ? error.code : "internal";
    const message = error instanceof AppError ? error.message : "The report could not be stored.";
    await failScanRun(runId, { code, message, isRetryable: false }, now);
    throw error;
  }
}
