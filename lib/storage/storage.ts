import type { Readable } from "node:stream";

/** What came in: its size and its sha256 in hexadecimal. */
export type StoredArchive = { sizeBytes: number; sha256: string };

/** What is there of an archive that comes in pieces. */
export type AppendedArchive = { sizeBytes: number; sha256: string | null };

/** One stretch of an archive that comes in pieces. */
export type ArchivePart = {
  offset: number; // how much of the archive lies there already
  lengthBytes: number; // of the whole archive
  checksum: { algorithm: "sha1" | "sha256"; digest: string } | null; // of this part, in hexadecimal
  signal: AbortSignal;
  /** Hears of each chunk how much of the archive is there; when it throws, the part ends with that. */
  onWritten: (receivedBytes: number) => Promise<void>;
};

/** Where uploaded archives lie until they have been scanned. Keys are made by `toArchiveKey`, never from a request. */
export type Storage = {
  /**
   * Streams `body` to `key`, in constant memory. Throws AppError: too-large past `maxBytes`, unavailable when there is no
   * room, invalid-input when the body breaks off. Whatever it throws, nothing is left behind.
   */
  write(
    key: string,
    body: AsyncIterable<Uint8Array>,
    limits: { maxBytes: number; signal: AbortSignal },
  ): Promise<StoredArchive>;
  /**
   * Adds a part to an archive that comes in pieces, in constant memory, and returns what is there of the archive then; its
   * sha256 is null where this part was not the first. Throws AppError as `write` does, and checksum-mismatch. What a
   * broken part brought stays, unless a checksum was to vouch for it; what a refused one brought is cut off.
   */
  append(key: string, body: AsyncIterable<Uint8Array>, part: ArchivePart): Promise<AppendedArchive>;
  /** Makes of the parts an archive like any other; reads it again unless its sha256 is known. Done twice it is the same. */
  complete(key: string, knownSha256: string | null): Promise<StoredArchive>;
  /** How much of an archive is there, whole or not; 0 when there is nothing of it. */
  receivedBytes(key: string): Promise<number>;
  /** How large an archive may be for which there is room. */
  freeBytes(): Promise<number>;
  /** From its start. Emits an error when there is no such archive. */
  read(key: string): Readable;
  /** When the last byte of it came in, whether it is whole by now or not; null when there is nothing of it. */
  lastWrittenAt(key: string): Promise<Date | null>;
  /** The same as never written, also when it is not whole yet; what is not there is no error. */
  remove(key: string): Promise<void>;
};

/** Each person's uploads lie under a prefix of their own. */
export function toArchiveKey(userName: string, runId: string): string {
  return `home/${userName}/${runId}.zip`;
}
