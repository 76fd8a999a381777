import { crc32, deflateRawSync } from "node:zlib";

/** What one entry of a hand-made zip says; whatever is left out is as an honest packer would write it. */
export type EntryFixture = {
  name: string | Buffer;
  content?: string | Buffer;
  method?: number;
  flags?: number;
  host?: number;
  mode?: number;
  extra?: Buffer;
  disk?: number;
  /** Lies, in the directory, the local header, or the descriptor. */
  central?: Partial<EntryNumbers>;
  local?: Partial<EntryNumbers> & { name?: string };
  descriptor?: (numbers: EntryNumbers) => Buffer;
  packed?: Buffer;
};
type EntryNumbers = {
  method: number;
  flags: number;
  crc32: number;
  packedBytes: number;
  sizeBytes: number;
  headerStart: number;
};

type ZipFixture = {
  entries: EntryFixture[];
  comment?: Buffer;
  before?: Buffer;
  between?: Buffer;
  after?: Buffer;
  /** Lies in the end record. */
  end?: { disk?: number; entriesHere?: number; entryCount?: number; directoryBytes?: number; directoryStart?: number };
  trailer?: (place: { directoryStart: number; directoryBytes: number; entryCount: number }) => Buffer;
};

/** Bytes of a zip with exactly the faults that were asked for. */
export function zipOf(fixture: ZipFixture): Buffer {
  const parts: Buffer[] = [fixture.before ?? Buffer.alloc(0)];
  const headers: Buffer[] = [];
  let offset = parts[0]?.length ?? 0;
  for (const entry of fixture.entries) {
    const { local, central } = entryOf(entry, offset);
    parts.push(local);
    headers.push(central);
    offset += local.length;
  }
  const between = fixture.between ?? Buffer.alloc(0);
  const directory = Buffer.concat(headers);
  const place = {
    directoryStart: offset + between.length,
    directoryBytes: directory.length,
    entryCount: fixture.entries.length,
  };
  const trailer = fixture.trailer?.(place) ?? Buffer.alloc(0);
  const end = endRecord({ ...place, ...fixture.end }, fixture.comment ?? Buffer.alloc(0));
  return Buffer.concat([...parts, between, directory, trailer, end, fixture.after ?? Buffer.alloc(0)]);
}

function entryOf(entry: EntryFixture, headerStart: number): { local: Buffer; central: Buffer } {
  const name = Buffer.from(entry.name);
  const content = Buffer.from(entry.content ?? "");
  const method = entry.method ?? (content.length === 0 ? 0 : 8);
  const packed = entry.packed ?? (method === 8 ? deflateRawSync(content) : content);
  const numbers: EntryNumbers = {
    method,
    flags: (entry.flags ?? 0x0800) | (entry.descriptor === undefined ? 0 : 8),
    crc32: crc32(content),
    packedBytes: packed.length,
    sizeBytes: content.length,
    headerStart,
  };
  const said = { ...numbers, ...entry.central };
  const open = entry.descriptor === undefined ? said : { ...said, crc32: 0, packedBytes: 0, sizeBytes: 0 };
  const localNumbers = { ...open, ...entry.local };
  const localName = Buffer.from(entry.local?.name ?? name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(localNumbers.flags, 6);
  local.writeUInt16LE(localNumbers.method, 8);
  local.writeUInt32LE(localNumbers.crc32, 14);
  local.writeUInt32LE(localNumbers.packedBytes, 18);
  local.writeUInt32LE(localNumbers.sizeBytes, 22);
  local.writeUInt16LE(localName.length, 26);
  const central = Buffer.alloc(46);
  const extra = entry.extra ?? Buffer.alloc(0);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(((entry.host ?? 3) << 8) | 20, 4);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(said.flags, 8);
  central.writeUInt16LE(said.method, 10);
  central.writeUInt32LE(said.crc32, 16);
  central.writeUInt32LE(said.packedBytes, 20);
  central.writeUInt32LE(said.sizeBytes, 24);
  central.writeUInt16LE(name.length, 28);
  central.writeUInt16LE(extra.length, 30);
  central.writeUInt16LE(entry.disk ?? 0, 34);
  central.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
  central.writeUInt32LE(said.headerStart, 42);
  const descriptor = entry.descriptor?.(numbers) ?? Buffer.alloc(0);
  return {
    local: Buffer.concat([local, localName, packed, descriptor]),
    central: Buffer.concat([central, name, extra]),
  };
}

/** A data descriptor with its signature and 32-bit sizes, as most packers write it. */
export function signedDescriptor(numbers: { crc32: number; packedBytes: number; sizeBytes: number }): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(0x08074b50, 0);
  bytes.writeUInt32LE(numbers.crc32, 4);
  bytes.writeUInt32LE(numbers.packedBytes, 8);
  bytes.writeUInt32LE(numbers.sizeBytes, 12);
  return bytes;
}

export function extraField(id: number, body: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16LE(id, 0);
  header.writeUInt16LE(body.length, 2);
  return Buffer.concat([header, body]);
}

type EndNumbers = NonNullable<ZipFixture["end"]> & {
  directoryStart: number;
  directoryBytes: number;
  entryCount: number;
};

function endRecord(end: EndNumbers, comment: Buffer): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(end.disk ?? 0, 4);
  record.writeUInt16LE(end.disk ?? 0, 6);
  record.writeUInt16LE(end.entriesHere ?? end.entryCount, 8);
  record.writeUInt16LE(end.entryCount, 10);
  record.writeUInt32LE(end.directoryBytes, 12);
  record.writeUInt32LE(end.directoryStart, 16);
  record.writeUInt16LE(comment.length, 20);
  return Buffer.concat([record, comment]);
}
