import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat, statfs } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { AppError } from "#lib/domain/errors.ts";
import type { Storage } from "./storage.ts";

/** Room that an upload leaves free, so that a full disk never takes the database down. */
const RESERVE_BYTES = 512 * 1024 ** 2;

/** Keeps archives as files under `dir`, readable for this process's user alone. */
export function localStorage(dir: string): Storage {
  const root = resolve(dir);
  return {
    async write(key, body, { maxBytes, signal }) {
      const path = toPath(root, key);
      const partial = toPartial(path);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      try {
        const stored = await writeFile(partial, body, {
          maxBytes: await limitTo(root, maxBytes),
          maxAskedBytes: maxBytes,
          signal,
        });
        await rename(partial, path);
        return stored;
      } catch (error) {
        await rm(partial, { force: true });
        throw toAppError(error);
      }
    },
    read: (key) => createReadStream(toPath(root, key)),
    async lastWrittenAt(key) {
      const path = toPath(root, key);
      return (await modifiedAt(toPartial(path))) ?? (await modifiedAt(path));
    },
    async remove(key) {
      const path = toPath(root, key);
      await rm(toPartial(path), { force: true });
      await rm(path, { force: true });
    },
  };
}

type Limits = { maxBytes: number; maxAskedBytes: number; signal: AbortSignal };

async function writeFile(path: string, body: AsyncIterable<Uint8Array>, { maxBytes, maxAskedBytes, signal }: Limits) {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const file = await open(path, "w", 0o600);
  try {
    for await (const chunk of body) {
      signal.throwIfAborted();
      sizeBytes += chunk.byteLength;
      if (sizeBytes > maxAskedBytes)
        throw new AppError("too-large", `The archive is larger than ${toGigabytes(maxAskedBytes)}.`);
      if (sizeBytes > maxBytes)
        throw new AppError("unavailable", "There is not enough free disk space for this archive. Nothing was kept.");
      hash.update(chunk);
      await file.write(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sizeBytes, sha256: hash.digest("hex") };
}

async function limitTo(root: string, maxBytes: number): Promise<number> {
  const { bavail, bsize } = await statfs(root);
  return Math.min(maxBytes, Math.max(0, bavail * bsize - RESERVE_BYTES));
}

function toGigabytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}

/** A key never leads out of the root, whoever made it. */
function toPath(root: string, key: string): string {
  const path = join(root, key);
  if (!path.startsWith(root + sep)) throw new Error("A storage key led out of the storage");
  return path;
}

/** Where it lies until it is whole. */
function toPartial(path: string): string {
  return `${path}.partial`;
}

async function modifiedAt(path: string): Promise<Date | null> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  return found?.mtime ?? null;
}

function toAppError(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT")
    return new AppError("unavailable", "The disk is full. Nothing was kept.", { cause: error });
  return new AppError("invalid-input", "The upload broke off before its end. Nothing was kept; send it again.", {
    cause: error,
  });
}
