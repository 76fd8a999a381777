import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ARCHIVE_LIMITS, type ArchiveLimits } from "./archive-limits.ts";
import { ArchiveRefused, type RefusalCode } from "./archive-refused.ts";
import { inspectArchive } from "./inspect-archive.ts";
import { readEntry } from "./read-entry.ts";
import { type EntryFixture, extraField, signedDescriptor, zipOf } from "./zip-fixture.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "archive-test-"));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

type Outcome = { code: RefusalCode | null; contents: string[] };

/** Reads an archive to its last byte. */
async function readAll(bytes: Buffer, limits: ArchiveLimits = ARCHIVE_LIMITS): Promise<Outcome> {
  const path = join(folder, "archive.zip");
  await writeFile(path, bytes);
  const file = await open(path);
  try {
    const entries = await inspectArchive(file, new AbortController().signal, limits);
    const files = entries.filter(({ kind }) => kind === "file");
    return {
      code: null,
      contents: await Promise.all(files.map(async (entry) => String(await readEntry(file, entry)))),
    };
  } catch (error) {
    if (error instanceof ArchiveRefused) return { code: error.code, contents: [] };
    throw error;
  } finally {
    await file.close();
  }
}

/** The code of its refusal, or null if nothing is wrong with it. */
async function refusalOf(bytes: Buffer, limits?: ArchiveLimits): Promise<RefusalCode | null> {
  return (await readAll(bytes, limits)).code;
}

const code = "print('hello')\n".repeat(20);
const honest: EntryFixture = { name: "app/main.py", content: code };
const other: EntryFixture = { name: "app/other.py", content: code };
const named = (name: string | Buffer): Buffer => zipOf({ entries: [{ ...honest, name }] });
const stray = Buffer.from("stray bytes");
const zeros = Buffer.alloc(64 * 1024 ** 2);

const FAMILIES: [family: string, code: RefusalCode, archive: () => Buffer][] = [
  ["an empty file", "not-a-zip", () => Buffer.alloc(0)],
  ["something that is no zip", "not-a-zip", () => Buffer.from(code)],
  ["a zip without its end", "not-a-zip", () => zipOf({ entries: [honest] }).subarray(0, -22)],
  ["bytes before the first entry", "ambiguous", () => zipOf({ entries: [honest], before: stray })],
  [
    "bytes before the first entry that no offset counts",
    "ambiguous",
    () => Buffer.concat([stray, zipOf({ entries: [honest] })]),
  ],
  ["bytes between entries and directory", "ambiguous", () => zipOf({ entries: [honest], between: stray })],
  ["bytes behind the end record", "ambiguous", () => zipOf({ entries: [honest], after: stray })],
  [
    "two archives one after the other",
    "ambiguous",
    () => Buffer.concat([zipOf({ entries: [honest] }), zipOf({ entries: [other] })]),
  ],
  [
    "an end record inside the comment",
    "ambiguous",
    () => zipOf({ entries: [honest], comment: zipOf({ entries: [] }) }),
  ],
  ["fewer entries than the end record says", "ambiguous", () => zipOf({ entries: [honest], end: { entryCount: 2 } })],
  [
    "more entries than the end record says",
    "ambiguous",
    () => zipOf({ entries: [honest, other], end: { entryCount: 1 } }),
  ],
  ["a directory that starts elsewhere", "ambiguous", () => zipOf({ entries: [honest], end: { directoryStart: 10 } })],
  ["a part of an archive on several disks", "multi-disk", () => zipOf({ entries: [honest], end: { disk: 1 } })],
  ["entries on another disk", "multi-disk", () => zipOf({ entries: [honest], end: { entriesHere: 0 } })],
  ["an entry that lies on another disk", "multi-disk", () => zipOf({ entries: [{ ...honest, disk: 1 }] })],
  [
    "a damaged directory",
    "damaged",
    () => {
      const bytes = zipOf({ entries: [honest] });
      bytes.writeUInt32LE(0, bytes.length - 22 - 46 - honest.name.length);
      return bytes;
    },
  ],
  [
    "an entry that another one overlaps",
    "ambiguous",
    () => zipOf({ entries: [honest, { ...other, central: { headerStart: 0 } }] }),
  ],
  [
    "an entry that reaches into the directory",
    "ambiguous",
    () => zipOf({ entries: [{ ...honest, central: { packedBytes: 5_000 }, local: { packedBytes: 5_000 } }] }),
  ],
  [
    "another name in the local header",
    "ambiguous",
    () => zipOf({ entries: [{ ...honest, local: { name: "app/evil.py" } }] }),
  ],
  ["another method in the local header", "ambiguous", () => zipOf({ entries: [{ ...honest, local: { method: 0 } }] })],
  ["another size in the local header", "ambiguous", () => zipOf({ entries: [{ ...honest, local: { sizeBytes: 1 } }] })],
  ["another checksum in the local header", "ambiguous", () => zipOf({ entries: [{ ...honest, local: { crc32: 1 } }] })],
  ["a flag only in the local header", "ambiguous", () => zipOf({ entries: [{ ...honest, local: { flags: 0x0801 } }] })],
  [
    "a descriptor with other numbers",
    "ambiguous",
    () => zipOf({ entries: [{ ...honest, descriptor: (numbers) => signedDescriptor({ ...numbers, sizeBytes: 7 }) }] }),
  ],
  [
    "a descriptor of no known length",
    "ambiguous",
    () => zipOf({ entries: [{ ...honest, descriptor: () => Buffer.alloc(18) }] }),
  ],
  [
    "a second name in an extra field",
    "ambiguous",
    () => zipOf({ entries: [{ ...honest, extra: unicodeName("app/main.py", "app/evil.py") }] }),
  ],
  [
    "sizes given twice",
    "ambiguous",
    () =>
      zipOf({
        entries: [
          { ...honest, extra: Buffer.concat([extraField(1, Buffer.alloc(8)), extraField(1, Buffer.alloc(8))]) },
        ],
      }),
  ],
  [
    "an extra field that is cut off",
    "damaged",
    () => zipOf({ entries: [{ ...honest, extra: Buffer.from([9, 0, 99, 0]) }] }),
  ],
  [
    "a 64-bit size that is announced and missing",
    "damaged",
    () => zipOf({ entries: [{ ...honest, central: { sizeBytes: 0xffffffff } }] }),
  ],
  [
    "64-bit end records that disagree",
    "ambiguous",
    () => zipOf({ entries: [honest], trailer: (place) => zip64End({ ...place, entryCount: 5 }) }),
  ],
  ["encryption", "encrypted", () => zipOf({ entries: [{ ...honest, flags: 0x0801 }] })],
  ["strong encryption", "encrypted", () => zipOf({ entries: [{ ...honest, flags: 0x0840 }] })],
  [
    "AES encryption",
    "encrypted",
    () => zipOf({ entries: [{ ...honest, extra: extraField(0x9901, Buffer.alloc(7)) }] }),
  ],
  ["another packing method", "unsupported-method", () => zipOf({ entries: [{ ...honest, method: 14 }] })],
  ["a device", "special-file", () => zipOf({ entries: [{ ...honest, mode: 0o020644 }] })],
  ["a pipe", "special-file", () => zipOf({ entries: [{ ...honest, mode: 0o010644 }] })],
  ["a folder by its name that is a file by its mode", "special-file", () => zipOf({ entries: [{ name: "app/" }] })],
  ["a way out of the folder", "unsafe-name", () => named("../etc/passwd.py")],
  ["a way out in the middle", "unsafe-name", () => named("app/../../main.py")],
  ["a way out in full-width dots", "unsafe-name", () => named("app/．．/main.py")],
  ["an absolute name", "unsafe-name", () => named("/etc/main.py")],
  ["a backslash", "unsafe-name", () => named("app\\main.py")],
  ["a drive", "unsafe-name", () => named("c:main.py")],
  ["a stream", "unsafe-name", () => named("app/main.py:hidden")],
  ["a device's name", "unsafe-name", () => named("app/NUL.py")],
  ["an empty name", "unsafe-name", () => named("")],
  ["an empty part", "unsafe-name", () => named("app//main.py")],
  ["a NUL in the name", "unsafe-name", () => named("app/main.py\u0000.png")],
  ["a name that reads backwards", "unsafe-name", () => named("app/\u202eyp.niam")],
  ["a name that is not UTF-8", "unsafe-name", () => named(Buffer.from([0x61, 0xff, 0xfe, 0x2e, 0x70, 0x79]))],
  ["a trailing dot", "unsafe-name", () => named("app/main.py.")],
  ["a name that is too long", "unsafe-name", () => named(`${"a".repeat(256)}.py`)],
  ["folders nested too deep", "unsafe-name", () => named(`${"a/".repeat(70)}main.py`)],
  ["a name twice", "duplicate-name", () => zipOf({ entries: [honest, honest] })],
  [
    "names that differ by case alone",
    "duplicate-name",
    () => zipOf({ entries: [honest, { ...honest, name: "App/Main.py" }] }),
  ],
  [
    "names that differ by composition alone",
    "duplicate-name",
    () =>
      zipOf({
        entries: [
          { ...honest, name: "caf\u00e9.py" },
          { ...honest, name: "cafe\u0301.py" },
        ],
      }),
  ],
  [
    "a file inside of a file",
    "duplicate-name",
    () => zipOf({ entries: [honest, { ...honest, name: "app/main.py/inner.py" }] }),
  ],
  ["a folder that holds bytes", "ambiguous", () => zipOf({ entries: [{ ...honest, name: "app/", mode: 0o040755 }] })],
  [
    "a stored entry with two sizes",
    "ambiguous",
    () => zipOf({ entries: [{ ...honest, method: 0, central: { sizeBytes: 3 }, local: { sizeBytes: 3 } }] }),
  ],
  ["one file that is a bomb", "bomb", () => zipOf({ entries: [{ name: "a.py", content: zeros }] })],
  [
    "a file that unpacks to more than it says",
    "bomb",
    () => zipOf({ entries: [{ ...honest, packed: deflateRawSync(zeros.subarray(0, 100_000)) }] }),
  ],
  [
    "a file that is larger than any may be",
    "too-large-unpacked",
    () => zipOf({ entries: [{ ...honest, central: { sizeBytes: 0x90000000 }, local: { sizeBytes: 0x90000000 } }] }),
  ],
  [
    "content that is not what was packed",
    "bad-checksum",
    () => zipOf({ entries: [{ ...honest, central: { crc32: 1 }, local: { crc32: 1 } }] }),
  ],
  [
    "content that cannot be unpacked",
    "damaged",
    () => zipOf({ entries: [{ ...honest, packed: Buffer.from("never deflated") }] }),
  ],
  [
    "bytes behind the packed content",
    "damaged",
    () => zipOf({ entries: [{ ...honest, packed: Buffer.concat([deflateRawSync(code), stray]) }] }),
  ],
  [
    "packed content that is far too long for what it holds",
    "damaged",
    () => zipOf({ entries: [{ ...honest, packed: Buffer.alloc(5_000) }] }),
  ],
];

function unicodeName(name: string, second: string): Buffer {
  const body = Buffer.alloc(5);
  body.writeUInt8(1, 0);
  body.writeUInt32LE(crc32Of(name), 1);
  return extraField(0x7075, Buffer.concat([body, Buffer.from(second)]));
}

function crc32Of(text: string): number {
  const zip = zipOf({ entries: [{ name: "x", content: text, method: 0 }] });
  return zip.readUInt32LE(14);
}

/** The 64-bit end record and its locator, as they stand before the plain end record. */
function zip64End(place: { directoryStart: number; directoryBytes: number; entryCount: number }): Buffer {
  const bytes = Buffer.alloc(56 + 20);
  bytes.writeUInt32LE(0x06064b50, 0);
  bytes.writeBigUInt64LE(44n, 4);
  bytes.writeBigUInt64LE(BigInt(place.entryCount), 24);
  bytes.writeBigUInt64LE(BigInt(place.entryCount), 32);
  bytes.writeBigUInt64LE(BigInt(place.directoryBytes), 40);
  bytes.writeBigUInt64LE(BigInt(place.directoryStart), 48);
  bytes.writeUInt32LE(0x07064b50, 56);
  bytes.writeBigUInt64LE(BigInt(place.directoryStart + place.directoryBytes), 64);
  bytes.writeUInt32LE(1, 72);
  return bytes;
}

test.each(FAMILIES)("refuses %s", async (_, expected, archive) => {
  expect(await refusalOf(archive())).toBe(expected);
});

test("refuses too many entries, and too many bytes in all, before it reads any", async () => {
  const two = zipOf({ entries: [honest, other] });
  expect(await refusalOf(two, { ...ARCHIVE_LIMITS, maxEntries: 1 })).toBe("too-many-entries");
  expect(await refusalOf(two, { ...ARCHIVE_LIMITS, maxUnpackedBytes: 400 })).toBe("too-large-unpacked");
  expect(await refusalOf(two, { ...ARCHIVE_LIMITS, maxRatio: 2, ratioFreeBytes: 500 })).toBe("bomb");
});

test("whichever byte of an archive is flipped, it is refused or its files read the same", async () => {
  const bytes = zipOf({ entries: [honest] });
  for (let position = 0; position < bytes.length; position++) {
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8((bytes[position] ?? 0) ^ 0x41, position);
    const { code: refusal, contents } = await readAll(flipped);
    if (refusal === null) expect(contents.every((content) => content === code)).toBe(true);
  }
});

test("accepts what honest packers write: a comment, descriptors, 64-bit records, folders, links, odd flags", async () => {
  const comment = Buffer.from("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  expect(await refusalOf(zipOf({ entries: [honest], comment }))).toBeNull();
  expect(await refusalOf(zipOf({ entries: [{ ...honest, descriptor: signedDescriptor }, other] }))).toBeNull();
  expect(
    await refusalOf(
      zipOf({ entries: [{ ...honest, descriptor: (numbers) => signedDescriptor(numbers).subarray(4) }] }),
    ),
  ).toBeNull();
  expect(await refusalOf(zipOf({ entries: [honest], trailer: zip64End }))).toBeNull();
  expect(await refusalOf(zipOf({ entries: [{ name: "app/", mode: 0o040755 }, honest] }))).toBeNull();
  expect(
    await refusalOf(zipOf({ entries: [honest, { name: "link", content: "app/main.py", mode: 0o120777 }] })),
  ).toBeNull();
  expect(
    await refusalOf(
      zipOf({ entries: [{ ...honest, extra: unicodeName("app/main.py", "app/main.py"), flags: 0x0806 }] }),
    ),
  ).toBeNull();
  expect(
    await refusalOf(
      zipOf({ entries: [honest, { name: "inner.zip", content: zipOf({ entries: [other] }), method: 0 }] }),
    ),
  ).toBeNull();
});
