import { crc32 } from "node:zlib";
import { ArchiveRefused } from "./archive-refused.ts";
import { readSize64 } from "./byte-source.ts";

const ZIP64 = 0x0001;
const UNICODE_PATH = 0x7075;
const AES = 0x9901;
const ESCAPE = 0xffffffff;

type EntrySizes = { sizeBytes: number; packedBytes: number; headerStart: number };

/** An entry's sizes with the 64-bit ones put in (APPNOTE 4.5.3). Throws ArchiveRefused where fields contradict. */
export function readExtraFields(extra: Buffer, rawName: Buffer, sizes: EntrySizes): EntrySizes {
  let result = sizes;
  let seenZip64 = false;
  for (const { id, body } of splitFields(extra)) {
    if (id === AES) throw new ArchiveRefused("encrypted", "The archive is encrypted. Send it without a password.");
    if (id === UNICODE_PATH) checkUnicodePath(body, rawName);
    if (id !== ZIP64) continue;
    if (seenZip64) throw new ArchiveRefused("ambiguous", "An entry gives its size twice.");
    seenZip64 = true;
    result = applyZip64(body, sizes);
  }
  const isUnresolved = sizes.sizeBytes === ESCAPE || sizes.packedBytes === ESCAPE || sizes.headerStart === ESCAPE;
  if (isUnresolved && !seenZip64) throw new ArchiveRefused("damaged", "An entry lacks the size that it announces.");
  return result;
}

/** The fields of an extra block in order. A rest too short for a header is padding, as some tools write it. */
function splitFields(extra: Buffer): { id: number; body: Buffer }[] {
  const fields: { id: number; body: Buffer }[] = [];
  let offset = 0;
  while (offset + 4 <= extra.length) {
    const end = offset + 4 + extra.readUInt16LE(offset + 2);
    if (end > extra.length) throw new ArchiveRefused("damaged", "An entry's extra field is cut off.");
    fields.push({ id: extra.readUInt16LE(offset), body: extra.subarray(offset + 4, end) });
    offset = end;
  }
  return fields;
}

function applyZip64(body: Buffer, sizes: EntrySizes): EntrySizes {
  let offset = 0;
  const next = (value: number): number => {
    if (value !== ESCAPE) return value;
    if (offset + 8 > body.length) throw new ArchiveRefused("damaged", "An entry's size field is cut off.");
    offset += 8;
    return readSize64(body, offset - 8);
  };
  // The order is fixed, and only what is escaped in the header is present.
  const sizeBytes = next(sizes.sizeBytes);
  const packedBytes = next(sizes.packedBytes);
  return { sizeBytes, packedBytes, headerStart: next(sizes.headerStart) };
}

/** A second name beside the first is how one archive shows two faces; it may only repeat the first. */
function checkUnicodePath(body: Buffer, rawName: Buffer): void {
  const isCurrent = body.length >= 5 && body.readUInt32LE(1) === crc32(rawName);
  if (isCurrent && !body.subarray(5).equals(rawName))
    throw new ArchiveRefused("ambiguous", "An entry has two different names.");
}
