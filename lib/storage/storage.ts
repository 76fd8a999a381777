import type { Readable } from "node:stream";

/** What came in: its size and its sha256 in hexadecimal. */
export type StoredArchive = { sizeBytes: number; sha256: string };

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
