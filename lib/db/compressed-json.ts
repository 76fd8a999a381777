import { promisify } from "node:util";
import { constants, zstdCompressSync, zstdDecompress } from "node:zlib";

const decompress = promisify(zstdDecompress);

// A low level, with tables for what is a few kilobytes long: most of the time goes into making them, once a value.
const QUICK = {
  chunkSize: 4_096,
  params: {
    [constants.ZSTD_c_compressionLevel]: 1,
    // What hexadecimal digits have in common by chance costs more to point at than to say again.
    [constants.ZSTD_c_minMatch]: 6,
    [constants.ZSTD_c_windowLog]: 15,
    [constants.ZSTD_c_hashLog]: 12,
    [constants.ZSTD_c_chainLog]: 12,
  },
};

/** What is shorter shrinks by less than making the tables is worth, unless a dictionary knows it. */
const WORTH_COMPRESSING_BYTES = 512;

/** No finding comes near; a frame that would unpack to more is broken or hostile. */
const MOST_BYTES = 64 * 1024 * 1024;

/** A value as JSON in a zstd frame, for a column that is read as a whole: with the same dictionary, or none. */
export function toCompressedJson(value: unknown, dictionary: Buffer | null): Buffer {
  const json = Buffer.from(JSON.stringify(value));
  if (dictionary !== null) return zstdCompressSync(json, { ...QUICK, dictionary });
  return json.length < WORTH_COMPRESSING_BYTES ? toPlainFrame(json) : zstdCompressSync(json, QUICK);
}

/**
 * The value that `toCompressedJson` made a frame of with that dictionary. Rejects when the frame is broken, is no JSON,
 * or unpacks to more than 64 MiB.
 */
export async function fromCompressedJson(frame: Buffer, dictionary: Buffer | null): Promise<unknown> {
  const json = await decompress(frame, { maxOutputLength: MOST_BYTES, ...(dictionary && { dictionary }) });
  return JSON.parse(json.toString("utf8"));
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
