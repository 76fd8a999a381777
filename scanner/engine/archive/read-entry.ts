import type { FileHandle } from "node:fs/promises";
import { crc32, inflateRawSync } from "node:zlib";
import { ArchiveRefused } from "./archive-refused.ts";
import { readExactly } from "./byte-source.ts";
import { printable } from "./check-entry-name.ts";

/** What is needed to read one entry; plain data, so that it can be sent to another thread. */
export type EntryPlace = {
  name: string;
  method: 0 | 8;
  crc32: number;
  packedBytes: number;
  sizeBytes: number;
  dataStart: number;
};

/**
 * The unpacked bytes of one entry, held in memory: for entries under the scan's own size cap.
 * Throws ArchiveRefused when they are more, fewer or other than the directory says.
 */
export async function readEntry(file: FileHandle, entry: EntryPlace): Promise<Buffer> {
  // Deflate adds at most five bytes for each 16 kB block that it cannot shrink.
  if (entry.packedBytes > entry.sizeBytes + entry.sizeBytes / 1_024 + 64) throw damaged(entry);
  const packed = await readExactly(file, entry.dataStart, entry.packedBytes);
  const bytes = entry.method === 0 ? packed : inflate(packed, entry);
  if (bytes.length !== entry.sizeBytes || crc32(bytes) !== entry.crc32) {
    throw new ArchiveRefused(
      "bad-checksum",
      `The entry ${printable(entry.name)} is damaged: its checksum does not match.`,
    );
  }
  return bytes;
}

function inflate(packed: Buffer, entry: EntryPlace): Buffer {
  try {
    // With `info` the types lack the second half of the answer.
    const answer: unknown = inflateRawSync(packed, { maxOutputLength: Math.max(entry.sizeBytes, 1), info: true });
    // Node documents { buffer, engine } for `info: true`.
    const { buffer, engine } = answer as { buffer: Buffer; engine: { bytesWritten: number } };
    if (engine.bytesWritten !== packed.length) throw damaged(entry);
    return buffer;
  } catch (cause) {
    if (cause instanceof ArchiveRefused) throw cause;
    if (cause instanceof RangeError) {
      throw new ArchiveRefused("bomb", `The entry ${printable(entry.name)} unpacks to more than it says.`);
    }
    throw damaged(entry);
  }
}

function damaged(entry: EntryPlace): ArchiveRefused {
  return new ArchiveRefused("damaged", `The entry ${printable(entry.name)} cannot be unpacked.`);
}
