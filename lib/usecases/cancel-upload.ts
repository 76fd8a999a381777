import { AppError } from "#lib/domain/errors.ts";
import type { Storage } from "#lib/storage/storage.ts";
import { CANCELLED, endUpload } from "./end-upload.ts";
import { findUpload } from "./find-upload.ts";

/** Gives up an unfinished upload of a person's and frees its bytes. Throws AppError not-found, gone, or conflict. */
export async function cancelUpload(
  storage: Storage,
  upload: { runId: string; personId: string },
  now: Date,
): Promise<void> {
  const found = await findUpload(storage, upload, now);
  if (found.isWhole) throw new AppError("conflict", "The upload is complete: cancel its scan run instead.");
  await endUpload(storage, found, CANCELLED, now);
}
