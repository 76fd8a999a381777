import type { FileHandle } from "node:fs/promises";
import type { ArchiveLimits } from "./archive-limits.ts";
import { ArchiveRefused } from "./archive-refused.ts";
import { readExactly } from "./byte-source.ts";
import { checkEntryName, printable } from "./check-entry-name.ts";
import { readExtraFields } from "./extra-fields.ts";
import type { DirectoryPlace } from "./find-directory.ts";

const HEADER_SIGNATURE = 0x02014b50;
const HEADER_BYTES = 46;
const FLAG_ENCRYPTED = 0x0001;
const FLAG_STRONG_ENCRYPTION = 0x0040;
const FLAG_MASKED = 0x2000;
const FLAG_PATCH = 0x0020;
const HOST_UNIX = 3;
const HOST_MACOS = 19;
const FILE_TYPE_MASK = 0o170000;

type EntryKind = "file" | "folder" | "symlink";

/** One entry as the central directory describes it. */
export type DirectoryEntry = {
  name: string;
  rawName: Buffer;
  kind: EntryKind;
  flags: number;
  method: 0 | 8;
  crc32: number;
  packedBytes: number;
  sizeBytes: number;
  headerStart: number;
};

/** Every entry of the central directory in its order. Throws ArchiveRefused for what we do not take. */
export async function readDirectory(
  file: FileHandle,
  place: DirectoryPlace,
  limits: ArchiveLimits,
): Promise<DirectoryEntry[]> {
  if (place.entryCount > limits.maxEntries || place.sizeBytes > limits.maxDirectoryBytes) {
    throw new ArchiveRefused("too-many-entries", `The archive has more than ${limits.maxEntries} entries.`);
  }
  const bytes = await readExactly(file, place.start, place.sizeBytes);
  const entries: DirectoryEntry[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    if (entries.length >= place.entryCount) throw countMismatch();
    const { entry, next } = readHeader(bytes, offset);
    entries.push(entry);
    offset = next;
  }
  if (entries.length !== place.entryCount) throw countMismatch();
  return entries;
}

function readHeader(bytes: Buffer, start: number): { entry: DirectoryEntry; next: number } {
  if (start + HEADER_BYTES > bytes.length || bytes.readUInt32LE(start) !== HEADER_SIGNATURE) {
    throw new ArchiveRefused("damaged", "The archive's directory is damaged.");
  }
  const nameEnd = start + HEADER_BYTES + bytes.readUInt16LE(start + 28);
  const extraEnd = nameEnd + bytes.readUInt16LE(start + 30);
  const next = extraEnd + bytes.readUInt16LE(start + 32);
  if (next > bytes.length) throw new ArchiveRefused("damaged", "The archive's directory is cut off.");
  const rawName = bytes.subarray(start + HEADER_BYTES, nameEnd);
  const name = decodeName(rawName);
  checkEntryName(name);
  if (bytes.readUInt16LE(start + 34) !== 0)
    throw new ArchiveRefused("multi-disk", "The archive is split over several files.");
  const flags = bytes.readUInt16LE(start + 8);
  const sizes = readExtraFields(bytes.subarray(nameEnd, extraEnd), rawName, {
    sizeBytes: bytes.readUInt32LE(start + 24),
    packedBytes: bytes.readUInt32LE(start + 20),
    headerStart: bytes.readUInt32LE(start + 42),
  });
  const entry = {
    ...sizes,
    name,
    rawName,
    flags,
    method: checkMethod(name, flags, bytes.readUInt16LE(start + 10)),
    kind: entryKind(name, bytes.readUInt16LE(start + 4) >> 8, bytes.readUInt32LE(start + 38)),
    crc32: bytes.readUInt32LE(start + 16),
  };
  return { entry, next };
}

/** Names are UTF-8 whether flagged so or not: the old code page would make one name mean two things. */
function decodeName(raw: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    throw new ArchiveRefused(
      "unsafe-name",
      `The entry ${printable(raw.toString("latin1"))} has a name that is not UTF-8.`,
    );
  }
}

function checkMethod(name: string, flags: number, method: number): 0 | 8 {
  if ((flags & (FLAG_ENCRYPTED | FLAG_STRONG_ENCRYPTION | FLAG_MASKED)) !== 0) {
    throw new ArchiveRefused(
      "encrypted",
      `The entry ${printable(name)} is encrypted. Send the archive without a password.`,
    );
  }
  if ((flags & FLAG_PATCH) === 0 && (method === 0 || method === 8)) return method;
  throw new ArchiveRefused(
    "unsupported-method",
    `The entry ${printable(name)} is packed by a method other than deflate.`,
  );
}

function entryKind(name: string, host: number, externalAttributes: number): EntryKind {
  const isFolder = name.endsWith("/");
  // Only Unix-like hosts say what kind of file an entry is, in the upper half of the attributes.
  const type = host === HOST_UNIX || host === HOST_MACOS ? (externalAttributes >>> 16) & FILE_TYPE_MASK : 0;
  if (type === 0o120000 && !isFolder) return "symlink";
  if (type === 0 || (isFolder ? type === 0o040000 : type === 0o100000)) return isFolder ? "folder" : "file";
  throw new ArchiveRefused("special-file", `The entry ${printable(name)} is neither a file nor a folder.`);
}

function countMismatch(): ArchiveRefused {
  return new ArchiveRefused("ambiguous", "The archive holds a different number of entries than it says.");
}
