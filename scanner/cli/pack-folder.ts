import { open, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { SkippedFile } from "../engine/engine-finding.ts";
import { planFile } from "../engine/files/plan-file.ts";
import { UsageError } from "./read-arguments.ts";

/** Never code of the project, and often larger than all of it. */
const LEFT_OUT = new Set([".git", ".hg", ".svn", "node_modules"]);
const MOST_FILES = 65_535; // what a zip without its 64-bit extension can hold

type Entry = { name: Buffer; crc: number; sizeBytes: number; offset: number };

/**
 * Packs what can be analysed in a folder into a zip, uncompressed, and returns what was left out and why.
 * Throws UsageError when there is too much for one zip.
 */
export async function packFolder(folder: string, zipPath: string): Promise<SkippedFile[]> {
  const skippedFiles: SkippedFile[] = [];
  const paths: string[] = [];
  await walk(folder, "", paths, skippedFiles);
  if (paths.length > MOST_FILES) throw new UsageError(`The folder holds more than ${MOST_FILES} files of code.`);
  const zip = await open(zipPath, "wx", 0o600);
  try {
    const entries: Entry[] = [];
    let offset = 0;
    for (const path of paths) {
      const content = await readFile(join(folder, path));
      const entry = { name: Buffer.from(path), crc: crc32(content), sizeBytes: content.length, offset };
      const header = localHeader(entry);
      await zip.writev([header, content]);
      offset += header.length + content.length;
      entries.push(entry);
    }
    const directory = Buffer.concat(entries.map(directoryHeader));
    await zip.writev([directory, endOfDirectory(entries.length, directory.length, offset)]);
  } finally {
    await zip.close();
  }
  return skippedFiles;
}

async function walk(root: string, inside: string, paths: string[], skipped: SkippedFile[]): Promise<void> {
  const found = await readdir(join(root, inside), { withFileTypes: true });
  for (const entry of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
    if (entry.isDirectory() && LEFT_OUT.has(entry.name)) {
      if (entry.name === "node_modules") skipped.push({ path: `${path}/`, reason: "third-party", detail: null });
    } else if (entry.isDirectory()) await walk(root, path, paths, skipped);
    else if (entry.isSymbolicLink()) skipped.push({ path, reason: "symlink", detail: "Links are not followed." });
    else if (entry.isFile()) await plan(root, path, paths, skipped);
  }
}

async function plan(root: string, path: string, paths: string[], skipped: SkippedFile[]): Promise<void> {
  const { size } = await stat(join(root, path));
  const { grammar, scanSecrets, skip } = planFile(path, size);
  if (grammar !== null || scanSecrets) paths.push(path);
  else if (skip) skipped.push({ path, ...skip });
}

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7 */
function localHeader(entry: Entry): Buffer {
  return Buffer.concat([toBytes([0x04034b50, 4]), ...common(entry), toBytes([0, 2]), entry.name]);
}

/** 4.3.12: a file as the owner's, plain and readable. */
function directoryHeader(entry: Entry): Buffer {
  const madeOnUnix = 0x031e;
  const regularFile = 0o100644 * 0x10000;
  return Buffer.concat([
    toBytes([0x02014b50, 4], [madeOnUnix, 2]),
    ...common(entry),
    toBytes([0, 2], [0, 2], [0, 2], [0, 2], [regularFile, 4], [entry.offset, 4]),
    entry.name,
  ]);
}

/** The fields that both headers share: stored, its name in UTF-8, dated 1980-01-01. */
function common({ name, crc, sizeBytes }: Entry): Buffer[] {
  return [
    toBytes([20, 2], [0x0800, 2], [0, 2], [0, 2], [0x21, 2]),
    toBytes([crc, 4], [sizeBytes, 4], [sizeBytes, 4], [name.length, 2]),
  ];
}

/** 4.3.16 */
function endOfDirectory(entries: number, sizeBytes: number, offset: number): Buffer {
  return toBytes([0x06054b50, 4], [0, 2], [0, 2], [entries, 2], [entries, 2], [sizeBytes, 4], [offset, 4], [0, 2]);
}

function toBytes(...fields: [value: number, bytes: 2 | 4][]): Buffer {
  return Buffer.concat(
    fields.map(([value, bytes]) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );
}
