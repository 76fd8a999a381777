import { getUpload, type UploadRecord } from "#lib/db/read/uploads.ts";
import { AppError } from "#lib/domain/errors.ts";
import { type Storage, toArchiveKey } from "#lib/storage/storage.ts";

/**
 * One upload of a person's, with how much of it has come in by now: the storage's word, not the last note. Throws
 * AppError not-found, or gone when it was cancelled, refused or has expired.
 */
export async function findUpload(
  storage: Storage,
  upload: { runId: string; personId: string },
  now: Date,
): Promise<UploadRecord> {
  const found = await getUpload(upload, now);
  if (found.isWhole) return { ...found, receivedBytes: found.lengthBytes };
  if (found.state !== "uploading" || found.expiresAt <= now)
    throw new AppError("gone", "This upload has ended: it was cancelled, refused, or not gone on with for a day.");
  return { ...found, receivedBytes: await storage.receivedBytes(toArchiveKey(found.userName, found.runId)) };
}
