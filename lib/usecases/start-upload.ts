import { startUpload as saveUpload } from "#lib/db/write/uploads.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { Storage } from "#lib/storage/storage.ts";
import { refuseTooLarge } from "./receive-archive.ts";
import { refuseTooSmall } from "./refuse-no-zip.ts";

type Announcement = { name: string; personId: string; lengthBytes: number; metadata: string; now: Date };

/**
 * Takes note of an archive that will come in parts, as the next revision of a scan. The run is there from now on. Throws
 * AppError: too-large, invalid-input for what cannot be a zip, unavailable without room for it, conflict when the
 * person has too many unfinished uploads.
 */
export async function startUpload(
  storage: Storage,
  announced: Announcement,
): Promise<{ runId: string; expiresAt: Date }> {
  refuseTooLarge(announced.lengthBytes);
  refuseTooSmall(announced.lengthBytes);
  if (announced.lengthBytes > (await storage.freeBytes()))
    throw new AppError("unavailable", "There is not enough free disk space for this archive.");
  return await saveUpload(announced);
}
