import { visibleText } from "#components/ui/untrusted-text.tsx";
import { nameFault } from "./name-fault.ts";
import { PreflightRefused } from "./preflight-refused.ts";

/** A file of the archive, as its directory describes it. */
export type ZipFile = { path: string; sizeBytes: number; packedBytes: number };

// Records of a zip (APPNOTE 4.3.12, 4.3.14, 4.3.15, 4.3.16).
const END = { signature: 0x06054b50, bytes: 22 };
const LOCATOR = { signature: 0x07064b50, bytes: 20 };
const LARGE_END = { signature: 0x06064b50, bytes: 56 };
const HEADER = { signature: 0x02014b50, bytes: 46 };
const LARGE_EXTRA = 0x0001;
const MAX_COMMENT_BYTES = 0xffff;
const SEE_LARGE = 0xffffffff;
const FLAGS_ENCRYPTED = 0x2041;

/** As the scanner has it: so many names, in a directory that is read at once. */
export const MAX_ENTRIES = 200_000;
const MAX_DIRECTORY_BYTES = 64 * 1024 ** 2;

/**
 * The files that an archive's own directory lists; folders are left out. Reads the file's end and the directory, and
 * nothing else. Throws PreflightRefused for what the scanner would refuse.
 */
export async function readZipDirectory(archive: Blob): Promise<ZipFile[]> {
  const place = await findDirectory(archive);
  if (place.entryCount > MAX_ENTRIES || place.sizeBytes > MAX_DIRECTORY_BYTES) {
    throw new PreflightRefused(`It holds more than ${MAX_ENTRIES.toLocaleString("en")} files. Leave out dependencies.`);
  }
  const bytes = await readView(archive, place.start, place.sizeBytes);
  const files: ZipFile[] = [];
  let offset = 0;
  for (let entry = 0; entry < place.entryCount; entry++) {
    const { file, next } = readHeader(bytes, offset);
    if (file !== null) files.push(file);
    offset = next;
  }
  if (offset !== bytes.byteLength) throw damaged();
  return files;
}

type Place = { start: number; sizeBytes: number; entryCount: number };

async function findDirectory(archive: Blob): Promise<Place> {
  const tailBytes = Math.min(archive.size, END.bytes + MAX_COMMENT_BYTES);
  const tail = await readView(archive, archive.size - tailBytes, tailBytes);
  const at = findEnd(tail);
  if (tail.getUint16(at + 4, true) % 0xffff !== 0) throw new PreflightRefused("It is split over several files.");
  const classic = {
    start: tail.getUint32(at + 16, true),
    sizeBytes: tail.getUint32(at + 12, true),
    entryCount: tail.getUint16(at + 10, true),
  };
  const endStart = archive.size - tailBytes + at;
  const place = (await findLargeDirectory(archive, endStart)) ?? classic;
  if (place.start + place.sizeBytes > endStart) throw damaged();
  return place;
}

/** The last end record whose comment ends the file. */
function findEnd(tail: DataView<ArrayBuffer>): number {
  for (let at = tail.byteLength - END.bytes; at >= 0; at--) {
    const fits = at + END.bytes + tail.getUint16(at + 20, true) === tail.byteLength;
    if (fits && tail.getUint32(at, true) === END.signature) return at;
  }
  throw new PreflightRefused("This is not a zip archive, or its end is missing.");
}

/** Of an archive beyond 4 GB or 65,535 files: the record in front of the end says where its directory lies. */
async function findLargeDirectory(archive: Blob, endStart: number): Promise<Place | null> {
  if (endStart < LOCATOR.bytes) return null;
  const locator = await readView(archive, endStart - LOCATOR.bytes, LOCATOR.bytes);
  if (locator.getUint32(0, true) !== LOCATOR.signature) return null;
  const start = Number(locator.getBigUint64(8, true));
  if (start + LARGE_END.bytes > endStart) throw damaged();
  const record = await readView(archive, start, LARGE_END.bytes);
  if (record.getUint32(0, true) !== LARGE_END.signature) throw damaged();
  return {
    start: Number(record.getBigUint64(48, true)),
    sizeBytes: Number(record.getBigUint64(40, true)),
    entryCount: Number(record.getBigUint64(32, true)),
  };
}

function readHeader(bytes: DataView<ArrayBuffer>, start: number): { file: ZipFile | null; next: number } {
  if (start + HEADER.bytes > bytes.byteLength || bytes.getUint32(start, true) !== HEADER.signature) throw damaged();
  const nameEnd = start + HEADER.bytes + bytes.getUint16(start + 28, true);
  const extraEnd = nameEnd + bytes.getUint16(start + 30, true);
  const next = extraEnd + bytes.getUint16(start + 32, true);
  if (next > bytes.byteLength) throw damaged();
  const path = toName(
    new Uint8Array(bytes.buffer, bytes.byteOffset + start + HEADER.bytes, nameEnd - start - HEADER.bytes),
  );
  if ((bytes.getUint16(start + 8, true) & FLAGS_ENCRYPTED) !== 0) {
    throw new PreflightRefused(`${visibleText(path)} is encrypted. Pack the folder without a password.`);
  }
  const sizes = {
    sizeBytes: bytes.getUint32(start + 24, true),
    packedBytes: bytes.getUint32(start + 20, true),
  };
  const file = { path, ...withLargeSizes(sizes, bytes, { start: nameEnd, end: extraEnd }) };
  return { file: path.endsWith("/") ? null : file, next };
}

function toName(raw: Uint8Array): string {
  const name = decode(raw);
  const fault = name === null ? "it is not UTF-8" : nameFault(name);
  if (name === null || fault !== null) {
    const shown = visibleText(name ?? new TextDecoder("latin1").decode(raw)).slice(0, 120);
    throw new PreflightRefused(`The name ${shown} is not safe: ${fault}. The scanner refuses such archives.`);
  }
  return name;
}

function decode(raw: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return null;
  }
}

type Sizes = Pick<ZipFile, "sizeBytes" | "packedBytes">;

/** A size beyond 4 GB stands in the extra field (APPNOTE 4.5.3), in this order, if its own place says so. */
function withLargeSizes(sizes: Sizes, bytes: DataView<ArrayBuffer>, extra: { start: number; end: number }): Sizes {
  if (sizes.sizeBytes !== SEE_LARGE && sizes.packedBytes !== SEE_LARGE) return sizes;
  for (let at = extra.start; at + 4 <= extra.end; at += 4 + bytes.getUint16(at + 2, true)) {
    if (bytes.getUint16(at, true) !== LARGE_EXTRA) continue;
    let from = at + 4;
    const take = (size: number) => {
      if (size !== SEE_LARGE) return size;
      if (from + 8 > extra.end) throw damaged();
      from += 8;
      return Number(bytes.getBigUint64(from - 8, true));
    };
    return { sizeBytes: take(sizes.sizeBytes), packedBytes: take(sizes.packedBytes) };
  }
  throw damaged();
}

async function readView(archive: Blob, start: number, sizeBytes: number): Promise<DataView<ArrayBuffer>> {
  return new DataView(await archive.slice(start, start + sizeBytes).arrayBuffer());
}

function damaged(): PreflightRefused {
  return new PreflightRefused("Its directory is damaged. Pack it anew.");
}
