import { createCipheriv } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";

const CHUNK_BYTES = 4 * 1024 ** 2;
const WEIGHT_BYTES = 256 * 1024 ** 2;
const STORED = 0;

/** Something to find and something to pass, so that the archive is scanned and not only carried. */
const SOURCES: Record<string, string> = {
  "shop/app.py": 'import os\nfrom flask import request\n\ndef run():\n    os.system("ls " + request.args["path"])\n',
  "shop/total.py": "def total(prices):\n    return sum(prices)\n",
};

type Entry = { name: Buffer; sizeBytes: number; checksum: number; offset: number };

/**
 * Writes a valid zip of about that size, the same at each call: a little source code, and stored files of noise that no
 * network and no disk can press. Returns its exact size.
 */
export async function writeArchive(path: string, sizeBytes: number): Promise<number> {
  const file = await open(path, "w", 0o600);
  try {
    const writing: Writing = { file, bytes: 0 };
    const entries: Entry[] = [];
    for (const [name, text] of Object.entries(SOURCES))
      entries.push(await addEntry(writing, name, [Buffer.from(text)]));
    for (let n = 0; writing.bytes < sizeBytes; n += 1) {
      const bytes = Math.min(WEIGHT_BYTES, sizeBytes - writing.bytes);
      entries.push(await addEntry(writing, `media/weight-${n}.bin`, noise(n, bytes)));
    }
    await writeDirectory(writing, entries);
    await file.sync();
    return writing.bytes;
  } finally {
    await file.close();
  }
}

/** A file that is written from its start on, with the places that were left open filled in later. */
type Writing = { file: FileHandle; bytes: number };

async function append(writing: Writing, chunk: Buffer): Promise<void> {
  await writing.file.write(chunk, 0, chunk.length, writing.bytes);
  writing.bytes += chunk.length;
}

async function addEntry(writing: Writing, name: string, chunks: Iterable<Buffer>): Promise<Entry> {
  const entry: Entry = { name: Buffer.from(name), sizeBytes: 0, checksum: 0, offset: writing.bytes };
  await append(writing, toLocalHeader(entry));
  for (const chunk of chunks) {
    await append(writing, chunk);
    entry.sizeBytes += chunk.length;
    entry.checksum = crc32(chunk, entry.checksum);
  }
  const header = toLocalHeader(entry);
  await writing.file.write(header, 0, header.length, entry.offset);
  return entry;
}

/** Noise that is the same each time: the keystream of a cipher under a fixed key. */
function* noise(seed: number, sizeBytes: number): Generator<Buffer> {
  const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16, "sightline"), Buffer.alloc(16, seed));
  const zeros = Buffer.alloc(CHUNK_BYTES);
  for (let left = sizeBytes; left > 0; left -= CHUNK_BYTES) yield cipher.update(zeros.subarray(0, left));
}

/** From "version needed" to "extra length": the same in both headers. */
function toFields({ name, sizeBytes, checksum }: Entry): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(STORED, 4);
  fields.writeUInt16LE(0x21, 8); // 1980-01-01
  fields.writeUInt32LE(checksum, 10);
  fields.writeUInt32LE(sizeBytes, 14);
  fields.writeUInt32LE(sizeBytes, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function toLocalHeader(entry: Entry): Buffer {
  return Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), toFields(entry), entry.name]);
}

async function writeDirectory(writing: Writing, entries: Entry[]): Promise<void> {
  const offset = writing.bytes;
  for (const entry of entries) {
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(entry.offset, 10);
    const madeBy = Buffer.from([20, 0]);
    const signature = Buffer.from("PK\x01\x02", "latin1");
    await append(writing, Buffer.concat([signature, madeBy, toFields(entry), rest, entry.name]));
  }
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(writing.bytes - offset, 12);
  end.writeUInt32LE(offset, 16);
  await append(writing, end);
}
