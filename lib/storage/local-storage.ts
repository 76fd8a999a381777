import { createHash } from "node:crypto";
import { createReadStream, type Stats } from "node:fs";
import { mkdir, open, rename, rm, stat, statfs } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { AppError } from "#lib/domain/errors.ts";
import { appendFile, measureFile } from "./append-file.ts";
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
          maxBytes: Math.min(maxBytes, await freeBytes(root)),
          maxAskedBytes: maxBytes,
          signal,
        });
        await rename(partial, path);
        return stored;
      } catch (error) {
        await rm(partial, { force: true });
        throw toAppError(error, "Nothing was kept; send it again.");
      }
    },
    async append(key, body, part) {
      const partial = toPartial(toPath(root, key));
      await mkdir(dirname(partial), { recursive: true, mode: 0o700 });
      if (part.lengthBytes - part.offset > (await freeBytes(root))) throw noRoom();
      try {
        return await appendFile(partial, body, part);
      } catch (error) {
        throw toAppError(error, "What has arrived is kept.");
      }
    },
    async complete(key, knownSha256) {
      const path = toPath(root, key);
      if (await look(toPartial(path))) await rename(toPartial(path), path);
      if (knownSha256 === null) return await measureFile(path);
      return { sizeBytes: (await stat(path)).size, sha256: knownSha256 };
    },
    async receivedBytes(key) {
      const path = toPath(root, key);
      return ((await look(toPartial(path))) ?? (await look(path)))?.size ?? 0;
    },
    freeBytes: () => freeBytes(root),
    read: (key) => createReadStream(toPath(root, key)),
    async lastWrittenAt(key) {
      const path = toPath(root, key);
      return ((await look(toPartial(path))) ?? (await look(path)))?.mtime ?? null;
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
      if (sizeBytes > maxBytes) throw noRoom();
      hash.update(chunk);
      await file.write(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sizeBytes, sha256: hash.digest("hex") };
}

async function freeBytes(root: string): Promise<number> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(root);
  return Math.max(0, bavail * bsize - RESERVE_BYTES);
}

function noRoom(): AppError {
  return new AppError("unavailable", "There is not enough free disk space for this archive.");
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

async function look(path: string): Promise<Stats | null> {
  return await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}

function toAppError(error: unknown, whatIsLeft: string): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT")
    return new AppError("unavailable", `The disk is full. ${whatIsLeft}`, { cause: error });
  return new AppError("invalid-input", `The upload broke off before its end. ${whatIsLeft}`, { cause: error });
}
