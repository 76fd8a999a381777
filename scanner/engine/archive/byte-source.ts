import type { FileHandle } from "node:fs/promises";
import { ArchiveRefused } from "./archive-refused.ts";

/** Reads exactly `length` bytes at `position`. Throws ArchiveRefused when the file ends before. */
export async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) throw new ArchiveRefused("damaged", "The archive ends before its directory says it does.");
    filled += bytesRead;
  }
  return buffer;
}

/** A 64-bit little-endian number. Throws ArchiveRefused beyond what a file can be long. */
export function readSize64(buffer: Buffer, offset: number): number {
  const value = buffer.readBigUInt64LE(offset);
  if (value > BigInt(Number.MAX_SAFE_INTEGER))
    throw new ArchiveRefused("damaged", "The archive claims an impossible size.");
  return Number(value);
}
