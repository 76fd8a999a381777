import { constants, zstdCompressSync } from "node:zlib";

// The lowest level, with tables for what is a few kilobytes long: most of the time goes into making them, once a value.
const FAST = {
  chunkSize: 4_096,
  params: {
    [constants.ZSTD_c_compressionLevel]: 1,
    [constants.ZSTD_c_windowLog]: 15,
    [constants.ZSTD_c_hashLog]: 12,
    [constants.ZSTD_c_chainLog]: 12,
  },
};

/** What is shorter shrinks by less than making the tables is worth. */
const WORTH_COMPRESSING_BYTES = 512;

/** A value as JSON in a zstd frame, for a column that is read as a whole. */
export function toCompressedJson(value: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(value));
  return json.length < WORTH_COMPRESSING_BYTES ? toPlainFrame(json) : zstdCompressSync(json, FAST);
}

// RFC 8878: the magic number; a header that says "one segment" and gives the content's size in two bytes, less 256, or
// in one; then one block, the last, that is stored as it is.
const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const LAST_RAW_BLOCK = 1;

function toPlainFrame(content: Buffer): Buffer {
  const { length } = content;
  const header = length < 256 ? [0x20, length] : [0x60, (length - 256) & 0xff, (length - 256) >> 8];
  const block = (length << 3) | LAST_RAW_BLOCK;
  return Buffer.concat([MAGIC, Buffer.from([...header, block & 0xff, (block >> 8) & 0xff, block >> 16]), content]);
}
