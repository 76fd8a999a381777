import { findUploadingRun } from "#lib/db/read/uploads.ts";
import { askToCancel } from "#lib/db/write/scan-runs.ts";
import type { Storage } from "#lib/storage/storage.ts";
import { CANCELLED, endUpload } from "./end-upload.ts";

/**
 * Ends a run whose archive is still coming in, and keeps nothing of it; asks the worker to stop any other. Throws AppError
 * conflict when it has ended already.
 */
export async function cancelScan(storage: Storage, run: { name: string; runId: string }, now: Date): Promise<void> {
  const uploading = await findUploadingRun(run);
  if (uploading) await endUpload(storage, uploading, CANCELLED, now);
  else await askToCancel(run, now);
}
