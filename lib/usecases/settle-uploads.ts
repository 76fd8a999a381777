import { listUnsettledUploads } from "#lib/db/read/uploads.ts";
import { releaseUpload } from "#lib/db/write/uploads.ts";
import type { ScanFailure } from "#lib/domain/scan.ts";
import { type Storage, toArchiveKey } from "#lib/storage/storage.ts";
import { endUpload } from "./end-upload.ts";
import { finishUpload } from "./finish-upload.ts";

const EXPIRED: ScanFailure = {
  code: "upload-expired",
  message: "The upload was not gone on with for a day. Nothing was kept; send it again.",
  isRetryable: false,
};

/**
 * Does what no request will do any more: queues the uploads whose last byte came in just before the web process died,
 * ends those that nobody has gone on with for a day, and notes how far the others are.
 */
export async function settleUploads(storage: Storage, now: Date): Promise<void> {
  for (const upload of await listUnsettledUploads(now)) {
    const { runId, userName, lengthBytes, writer } = upload;
    const receivedBytes = await storage.receivedBytes(toArchiveKey(userName, runId));
    if (receivedBytes === lengthBytes) await finishUpload(storage, upload, null);
    else if (upload.expiresAt <= now) await endUpload(storage, upload, EXPIRED, now);
    else if (writer !== null) await releaseUpload({ runId, writer, receivedBytes }, now);
  }
}
