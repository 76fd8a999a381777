import { v7 as uuidv7 } from "uuid";
import { isGivenUp, type UploadRecord } from "#lib/db/read/uploads.ts";
import { claimUpload, releaseUpload, saveReceived } from "#lib/db/write/uploads.ts";
import { AppError } from "#lib/domain/errors.ts";
import { type AppendedArchive, type ArchivePart, type Storage, toArchiveKey } from "#lib/storage/storage.ts";
import { endUpload } from "./end-upload.ts";
import { findUpload } from "./find-upload.ts";
import { finishUpload } from "./finish-upload.ts";
import { NoZipError, refusingWhatIsNoZip } from "./refuse-no-zip.ts";

/** How often the run is told how much has come in. */
const NOTE_MS = 1_000;

type Part = Pick<ArchivePart, "offset" | "checksum" | "signal"> & {
  runId: string;
  personId: string;
  body: AsyncIterable<Uint8Array>;
  declaredBytes: number | null; // Content-Length
  clock: () => Date;
};

/**
 * Takes in the next part of an upload; with the last byte its run is queued. Returns how much is there then. A part that
 * breaks off leaves what it brought, and the sender goes on from there. Throws AppError: not-found, gone, conflict at
 * another offset or while another request brings bytes, too-large, checksum-mismatch, invalid-input for what is no zip.
 */
export async function receivePart(storage: Storage, part: Part): Promise<number> {
  const upload = await findUpload(storage, part, part.clock());
  if (upload.isWhole) {
    requireOffset(part, upload.lengthBytes);
    return upload.lengthBytes;
  }
  const { sizeBytes, sha256 } = await asWriter(storage, upload, part);
  if (sizeBytes === upload.lengthBytes) await finishUpload(storage, upload, sha256);
  return sizeBytes;
}

async function asWriter(storage: Storage, upload: UploadRecord, part: Part): Promise<AppendedArchive> {
  const { runId, userName } = upload;
  const key = toArchiveKey(userName, runId);
  const writer = uuidv7();
  if (!(await claimUpload({ runId, writer }, part.clock())))
    throw new AppError(
      "conflict",
      "Another connection sends this upload. It can be relieved after 10 seconds of silence.",
    );
  try {
    // From here on nobody else writes: what lies there is what the part is held against.
    requireOffset(part, await storage.receivedBytes(key));
    if (part.offset + (part.declaredBytes ?? 0) > upload.lengthBytes)
      throw new AppError("too-large", "There is more of the archive than its announced length.");
    return await append(storage, upload, { ...part, writer });
  } catch (error) {
    if (error instanceof NoZipError) {
      const failure = { code: error.code, message: error.message, isRetryable: false };
      await endUpload(storage, upload, failure, part.clock());
    }
    throw error;
  } finally {
    await release(storage, upload, { writer, now: part.clock() });
  }
}

async function release(
  storage: Storage,
  { runId, userName }: UploadRecord,
  { writer, now }: { writer: string; now: Date },
): Promise<void> {
  const key = toArchiveKey(userName, runId);
  if (await releaseUpload({ runId, writer, receivedBytes: await storage.receivedBytes(key) }, now)) return;
  // Ended while bytes came in: what was written since then has nobody else who would remove it.
  if (await isGivenUp(runId)) await storage.remove(key);
}

async function append(
  storage: Storage,
  upload: UploadRecord,
  part: Part & { writer: string },
): Promise<AppendedArchive> {
  const { runId, userName, lengthBytes } = upload;
  const { offset, checksum, signal, writer, clock } = part;
  const body = offset === 0 ? refusingWhatIsNoZip(part.body) : part.body;
  let notedAt = clock().getTime();
  return await storage.append(toArchiveKey(userName, runId), body, {
    offset,
    lengthBytes,
    checksum,
    signal,
    onWritten: async (receivedBytes) => {
      const now = clock();
      if (now.getTime() - notedAt < NOTE_MS) return;
      notedAt = now.getTime();
      await saveReceived({ runId, writer, receivedBytes }, now);
    },
  });
}

function requireOffset({ offset }: Part, receivedBytes: number): void {
  if (offset === receivedBytes) return;
  throw new AppError("conflict", `The upload stands at ${receivedBytes}, not at ${offset}. Go on from there.`);
}
