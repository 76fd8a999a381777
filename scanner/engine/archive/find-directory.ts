import type { FileHandle } from "node:fs/promises";
import { ArchiveRefused } from "./archive-refused.ts";
import { readExactly, readSize64 } from "./byte-source.ts";

const EOCD_SIGNATURE = 0x06054b50;
const EOCD_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
const ZIP64_LOCATOR_BYTES = 20;
const ZIP64_EOCD_SIGNATURE = 0x06064b50;
const ZIP64_EOCD_BYTES = 56;

/** Where the central directory lies. `trailerStart` is the first byte behind it. */
export type DirectoryPlace = { start: number; sizeBytes: number; entryCount: number; trailerStart: number };

/**
 * Finds the one central directory of a zip (APPNOTE 4.3.16, 4.3.14, 4.3.15).
 * Throws ArchiveRefused if there is none, or more than one way to read the file's end.
 */
export async function findDirectory(file: FileHandle, fileBytes: number): Promise<DirectoryPlace> {
  const tailBytes = Math.min(fileBytes, EOCD_BYTES + MAX_COMMENT_BYTES);
  const tail = await readExactly(file, fileBytes - tailBytes, tailBytes);
  const offset = findEndRecord(tail);
  const end = tail.subarray(offset);
  const endStart = fileBytes - tailBytes + offset;
  const entryCount = end.readUInt16LE(10);
  if (end.readUInt16LE(8) !== entryCount) throw multiDisk();
  const classic = { start: end.readUInt32LE(16), sizeBytes: end.readUInt32LE(12), entryCount, trailerStart: endStart };
  const large = await readZip64(file, endStart, classic);
  // With a large-file record the disk numbers may be left to it.
  const disks = [end.readUInt16LE(4), end.readUInt16LE(6)];
  if (disks.some((disk) => disk !== 0 && (disk !== 0xffff || large === null))) throw multiDisk();
  const place = large ?? classic;
  if (place.start + place.sizeBytes !== place.trailerStart) {
    throw new ArchiveRefused("ambiguous", "There are bytes before, between or behind the parts of the archive.");
  }
  return place;
}

/**
 * The last end record, whose comment must end the file. Another signature inside that comment, or another record that
 * fits, would be a second archive in the same file; one inside a stored nested archive does not fit and is no harm.
 */
function findEndRecord(tail: Buffer): number {
  let found = -1;
  for (let offset = tail.length - EOCD_BYTES; offset >= 0; offset--) {
    if (tail.readUInt32LE(offset) !== EOCD_SIGNATURE) continue;
    const fits = offset + EOCD_BYTES + tail.readUInt16LE(offset + 20) === tail.length;
    if (found === -1 && !fits) throw new ArchiveRefused("ambiguous", "There are bytes behind the end of the archive.");
    if (found !== -1 && fits) throw new ArchiveRefused("ambiguous", "The archive has more than one end record.");
    if (fits) found = offset;
  }
  if (found === -1) throw new ArchiveRefused("not-a-zip", "This file is not a zip archive, or its end is missing.");
  return found;
}

async function readZip64(file: FileHandle, endStart: number, classic: DirectoryPlace): Promise<DirectoryPlace | null> {
  const needed = classic.entryCount === 0xffff || classic.sizeBytes === 0xffffffff || classic.start === 0xffffffff;
  const locatorStart = endStart - ZIP64_LOCATOR_BYTES;
  const locator = locatorStart >= 0 ? await readExactly(file, locatorStart, ZIP64_LOCATOR_BYTES) : Buffer.alloc(4);
  if (locator.readUInt32LE(0) !== ZIP64_LOCATOR_SIGNATURE) {
    if (needed && (classic.sizeBytes === 0xffffffff || classic.start === 0xffffffff)) {
      throw new ArchiveRefused("damaged", "The archive lacks the large-file record that it announces.");
    }
    return null;
  }
  if (locator.readUInt32LE(4) !== 0 || locator.readUInt32LE(16) > 1) throw multiDisk();
  const recordStart = readSize64(locator, 8);
  if (recordStart + ZIP64_EOCD_BYTES > locatorStart)
    throw new ArchiveRefused("damaged", "The large-file record is cut off.");
  const record = await readExactly(file, recordStart, ZIP64_EOCD_BYTES);
  const recordBytes = readSize64(record, 4) + 12;
  if (record.readUInt32LE(0) !== ZIP64_EOCD_SIGNATURE || recordStart + recordBytes !== locatorStart) {
    throw new ArchiveRefused("ambiguous", "The large-file record does not fit into its place.");
  }
  if (record.readUInt32LE(16) !== 0 || record.readUInt32LE(20) !== 0) throw multiDisk();
  const large = {
    start: readSize64(record, 48),
    sizeBytes: readSize64(record, 40),
    entryCount: readSize64(record, 32),
    trailerStart: recordStart,
  };
  checkAgree(classic.entryCount, large.entryCount, 0xffff);
  checkAgree(classic.sizeBytes, large.sizeBytes, 0xffffffff);
  checkAgree(classic.start, large.start, 0xffffffff);
  return large;
}

function checkAgree(classic: number, large: number, marker: number): void {
  if (classic === marker || classic === large) return;
  throw new ArchiveRefused("ambiguous", "The two end records of the archive disagree.");
}

function multiDisk(): ArchiveRefused {
  return new ArchiveRefused("multi-disk", "The archive is split over several files. Send it as one.");
}
