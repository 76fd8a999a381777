import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { AppError } from "#lib/domain/errors.ts";
import type { AppendedArchive, ArchivePart, StoredArchive } from "./storage.ts";

const READ_BYTES = 1024 ** 2;

/** Writes `body` into the file from `part.offset` on, and has it safe on the disk. See `Storage.append`. */
export async function appendFile(
  path: string,
  body: AsyncIterable<Uint8Array>,
  part: ArchivePart,
): Promise<AppendedArchive> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    const appended = await writeFrom(file, body, part);
    await file.datasync();
    return appended;
  } catch (error) {
    if (isRefusal(error) || part.checksum !== null) await file.truncate(part.offset);
    throw error;
  } finally {
    await file.close();
  }
}

async function writeFrom(
  file: FileHandle,
  body: AsyncIterable<Uint8Array>,
  { offset, lengthBytes, checksum, signal, onWritten }: ArchivePart,
): Promise<AppendedArchive> {
  const check = checksum && createHash(checksum.algorithm);
  // A first part is often the only one: hashed on its way, it need not be read again.
  const whole = offset === 0 ? createHash("sha256") : null;
  let position = offset;
  for await (const chunk of body) {
    signal.throwIfAborted();
    if (position + chunk.byteLength > lengthBytes)
      throw new AppError("too-large", "There is more of the archive than its announced length.");
    // The disk writes while this thread hashes.
    const written = writeWhole(file, chunk, position);
    check?.update(chunk);
    whole?.update(chunk);
    await written;
    position += chunk.byteLength;
    await onWritten(position);
  }
  if (check && check.digest("hex") !== checksum.digest)
    throw new AppError(
      "checksum-mismatch",
      "What arrived does not have the checksum that was announced. Send it again.",
    );
  return { sizeBytes: position, sha256: whole?.digest("hex") ?? null };
}

/** One write may take less than it is given, on a disk that is nearly full. */
async function writeWhole(file: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < chunk.byteLength; ) {
    const { bytesWritten } = await file.write(chunk, done, chunk.byteLength - done, position + done);
    done += bytesWritten;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof AppError && (error.code === "too-large" || error.code === "checksum-mismatch");
}

/** A file's size and sha256, in constant memory. */
export async function measureFile(path: string): Promise<StoredArchive> {
  const hash = createHash("sha256");
  const file = await open(path);
  try {
    // One buffer for all of it: what streams hand out piles up until somebody collects it.
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    let sizeBytes = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, READ_BYTES, sizeBytes);
      if (bytesRead === 0) return { sizeBytes, sha256: hash.digest("hex") };
      hash.update(buffer.subarray(0, bytesRead));
      sizeBytes += bytesRead;
    }
  } finally {
    await file.close();
  }
}
