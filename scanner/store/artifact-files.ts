import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { validate as isUuid } from "uuid";

/** Where uploaded archives lie, each under the id that this service gave it; no name comes from outside. */
export type ArtifactFiles = { folder: string };
/** An archive on disk that nobody can scan yet: `place` puts it under its id, `discard` forgets it. */
export type ReceivedFile = {
  sizeBytes: number;
  sha256: string; // base64
  place: () => Promise<void>;
  discard: () => Promise<void>;
};

/** The upload was larger than allowed. What came of it is gone again. */
export class UploadTooLarge extends Error {}

const PARTIAL = ".partial";

/** Makes the folder if it is not there; only this user may read it. */
export async function openArtifactFiles(folder: string): Promise<ArtifactFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return { folder };
}

export function artifactPath({ folder }: ArtifactFiles, id: string): string {
  return join(folder, id);
}

/** Streams an archive to disk beside the whole ones, and has it safe there when it returns. Throws UploadTooLarge. */
export async function receiveArtifact(
  files: ArtifactFiles,
  id: string,
  body: Readable,
  limitBytes: number,
): Promise<ReceivedFile> {
  const partial = `${artifactPath(files, id)}.${randomUUID()}${PARTIAL}`;
  const discard = () => rm(partial, { force: true });
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      hash.update(chunk);
      done(sizeBytes > limitBytes ? new UploadTooLarge(`More than ${limitBytes} bytes`) : null, chunk);
    },
  });
  try {
    // `flush` syncs the file before it counts as written.
    await pipeline(body, meter, createWriteStream(partial, { flags: "wx", mode: 0o600, flush: true }));
  } catch (error) {
    await discard();
    throw error;
  }
  const place = async () => {
    await rename(partial, artifactPath(files, id));
    await syncFolder(files.folder);
  };
  return { sizeBytes, sha256: hash.digest("base64"), place, discard };
}

/** A rename is safe only when the folder that holds the name is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function removeArtifact(files: ArtifactFiles, id: string): Promise<void> {
  await rm(artifactPath(files, id), { force: true });
}

/** The ids of whole archives on disk. */
export async function listArtifacts({ folder }: ArtifactFiles): Promise<string[]> {
  return (await readdir(folder)).filter(isUuid);
}

/** Removes what broken uploads left: partial files that nobody has written to since `before`. */
export async function removeStalePartials({ folder }: ArtifactFiles, before: Date): Promise<void> {
  const partials = (await readdir(folder)).filter((name) => name.endsWith(PARTIAL));
  for (const name of partials) {
    const path = join(folder, name);
    const { mtime } = await stat(path).catch(() => ({ mtime: new Date() })); // finished or gone by now
    if (mtime < before) await rm(path, { force: true });
  }
}

/** Free bytes for this user on the disk that holds the archives. */
export async function freeBytes({ folder }: ArtifactFiles): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
