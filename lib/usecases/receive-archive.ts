import { failScanRun, queueScanRun, startScanRun } from "#lib/db/write/scan-runs.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { ScanRunState } from "#lib/domain/scan.ts";
import { runScanJob } from "#lib/jobs/run-scan.ts";
import { type Storage, toArchiveKey } from "#lib/storage/storage.ts";

/** CodeGuru Security's quota for an input file. */
export const MAX_ARCHIVE_BYTES = 5 * 1024 ** 3;

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
  if (upload.declaredBytes !== null && upload.declaredBytes > MAX_ARCHIVE_BYTES) {
    throw new AppError(
      "too-large",
      "The archive is larger than 5 GiB. Leave out what need not be scanned: dependencies, builds, media.",
    );
  }
  const { runId } = await startScanRun({ name: upload.name, personId: upload.person.id, now: upload.now });
  const storageKey = toArchiveKey(upload.person.userName, runId);
  try {
    const limits = { maxBytes: MAX_ARCHIVE_BYTES, signal: upload.signal };
    const stored = await storage.write(storageKey, refusingWhatIsNoZip(upload.body), limits);
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

/** The first bytes of a zip: a local file header, or the end record of an empty one. */
const ZIP_STARTS = ["504b0304", "504b0506"];

/** Passes the body on once its first four bytes are a zip's. Throws AppError invalid-input for anything else. */
async function* refusingWhatIsNoZip(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let start: Buffer | null = Buffer.alloc(0);
  for await (const chunk of body) {
    if (start === null) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length < 4) continue;
    requireZip(start);
    yield start;
    start = null;
  }
  if (start !== null) requireZip(start);
}

function requireZip(start: Buffer): void {
  if (ZIP_STARTS.includes(start.subarray(0, 4).toString("hex"))) return;
  throw new AppError(
    "invalid-input",
    start.length === 0 ? "The upload is empty. Send the zip as the request's body." : "This is not a zip archive.",
  );
}
