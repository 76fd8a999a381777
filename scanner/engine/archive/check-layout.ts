import type { FileHandle } from "node:fs/promises";
import { ArchiveRefused } from "./archive-refused.ts";
import { readExactly } from "./byte-source.ts";
import { printable } from "./check-entry-name.ts";
import { readExtraFields } from "./extra-fields.ts";
import type { DirectoryEntry } from "./read-directory.ts";

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const DESCRIPTOR_SIGNATURE = 0x08074b50;
const FLAG_DESCRIPTOR = 0x0008;
// All but the bits on how hard the packer tried; those change nothing for a reader.
const FLAGS_THAT_MATTER = 0xffff & ~0x0006;

/** An entry whose place in the file has been checked: `packedBytes` from `dataStart` are its own and nobody else's. */
export type ArchiveEntry = DirectoryEntry & { dataStart: number };

/**
 * Checks that local headers say what the directory says, and that entries fill the file from its first byte to the
 * directory without gap or overlap: then every reader of the archive sees the same files.
 */
export async function checkLayout(
  file: FileHandle,
  entries: DirectoryEntry[],
  directoryStart: number,
  signal: AbortSignal,
): Promise<ArchiveEntry[]> {
  const inFileOrder = [...entries].sort((a, b) => a.headerStart - b.headerStart);
  const placed: ArchiveEntry[] = [];
  if ((inFileOrder[0]?.headerStart ?? directoryStart) !== 0) {
    throw new ArchiveRefused("ambiguous", "There are bytes before the first entry of the archive.");
  }
  for (const [position, entry] of inFileOrder.entries()) {
    signal.throwIfAborted();
    const end = inFileOrder[position + 1]?.headerStart ?? directoryStart;
    placed.push({ ...entry, dataStart: await checkLocalEntry(file, entry, end) });
  }
  return placed;
}

/** Returns where the entry's data starts. `end` is where the next entry or the directory starts. */
async function checkLocalEntry(file: FileHandle, entry: DirectoryEntry, end: number): Promise<number> {
  if (entry.headerStart + LOCAL_BYTES > end) throw untidy(entry);
  const header = await readExactly(file, entry.headerStart, LOCAL_BYTES);
  if (header.readUInt32LE(0) !== LOCAL_SIGNATURE) throw untidy(entry);
  const nameBytes = header.readUInt16LE(26);
  const extraBytes = header.readUInt16LE(28);
  const dataStart = entry.headerStart + LOCAL_BYTES + nameBytes + extraBytes;
  const descriptorStart = dataStart + entry.packedBytes;
  if (descriptorStart > end) throw untidy(entry);
  const names = await readExactly(file, entry.headerStart + LOCAL_BYTES, nameBytes + extraBytes);
  const isSame =
    names.subarray(0, nameBytes).equals(entry.rawName) &&
    header.readUInt16LE(8) === entry.method &&
    ((header.readUInt16LE(6) ^ entry.flags) & FLAGS_THAT_MATTER) === 0;
  if (!isSame) throw disagree(entry);
  checkLocalSizes(header, names.subarray(nameBytes), entry);
  await checkDescriptor(file, entry, descriptorStart, end);
  return dataStart;
}

function checkLocalSizes(header: Buffer, extra: Buffer, entry: DirectoryEntry): void {
  const crc32 = header.readUInt32LE(14);
  const sizes = readExtraFields(extra, entry.rawName, {
    packedBytes: header.readUInt32LE(18),
    sizeBytes: header.readUInt32LE(22),
    headerStart: 0,
  });
  // With a descriptor the values may be left open here, but not be other ones.
  const mayBeOpen = (entry.flags & FLAG_DESCRIPTOR) !== 0;
  const agrees = (local: number, central: number) => local === central || (mayBeOpen && local === 0);
  const isSame =
    agrees(crc32, entry.crc32) &&
    agrees(sizes.packedBytes, entry.packedBytes) &&
    agrees(sizes.sizeBytes, entry.sizeBytes);
  if (!isSame) throw disagree(entry);
}

/** A descriptor has four shapes (APPNOTE 4.3.9): with or without signature, 32 or 64 bits; its length tells which. */
async function checkDescriptor(file: FileHandle, entry: DirectoryEntry, start: number, end: number): Promise<void> {
  const length = end - start;
  if ((entry.flags & FLAG_DESCRIPTOR) === 0) {
    if (length !== 0) throw untidy(entry);
    return;
  }
  if (![12, 16, 20, 24].includes(length)) throw untidy(entry);
  const bytes = await readExactly(file, start, length);
  const isSigned = length % 8 === 0;
  const body = isSigned ? bytes.subarray(4) : bytes;
  const size = (offset: number) =>
    body.length === 12 ? BigInt(body.readUInt32LE(offset)) : body.readBigUInt64LE(offset);
  const isSame =
    (!isSigned || bytes.readUInt32LE(0) === DESCRIPTOR_SIGNATURE) &&
    body.readUInt32LE(0) === entry.crc32 &&
    size(4) === BigInt(entry.packedBytes) &&
    size(4 + (body.length - 4) / 2) === BigInt(entry.sizeBytes);
  if (!isSame) throw disagree(entry);
}

function untidy(entry: DirectoryEntry): ArchiveRefused {
  return new ArchiveRefused(
    "ambiguous",
    `The entry ${printable(entry.name)} overlaps another, or has stray bytes beside it.`,
  );
}

function disagree(entry: DirectoryEntry): ArchiveRefused {
  return new ArchiveRefused(
    "ambiguous",
    `The archive describes the entry ${printable(entry.name)} in two different ways.`,
  );
}
