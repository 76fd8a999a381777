import type { ArchiveLimits } from "./archive-limits.ts";
import { ArchiveRefused } from "./archive-refused.ts";
import { printable } from "./check-entry-name.ts";
import type { DirectoryEntry } from "./read-directory.ts";

/** Checks what only all entries together show: budgets, and names that would land on one another on some disk. */
export function checkEntries(entries: DirectoryEntry[], limits: ArchiveLimits): void {
  let unpackedBytes = 0;
  let packedBytes = 0;
  for (const entry of entries) {
    checkSize(entry, limits);
    unpackedBytes += entry.sizeBytes;
    packedBytes += entry.packedBytes;
  }
  if (unpackedBytes > limits.maxUnpackedBytes) {
    throw new ArchiveRefused(
      "too-large-unpacked",
      `The archive unpacks to more than ${gigabytes(limits.maxUnpackedBytes)}.`,
    );
  }
  if (isBeyondRatio(unpackedBytes, packedBytes, limits)) {
    throw new ArchiveRefused("bomb", `The archive unpacks to more than ${limits.maxRatio} times its size.`);
  }
  checkNamesApart(entries);
}

/** Whether so many bytes from so few are a bomb. Small files may repeat themselves as they like. */
function isBeyondRatio(sizeBytes: number, packedBytes: number, limits: ArchiveLimits): boolean {
  return sizeBytes > limits.ratioFreeBytes && sizeBytes > packedBytes * limits.maxRatio;
}

function checkSize(entry: DirectoryEntry, limits: ArchiveLimits): void {
  const name = printable(entry.name);
  if (entry.kind === "folder" && entry.sizeBytes > 0)
    throw new ArchiveRefused("ambiguous", `The folder ${name} holds bytes.`);
  if (entry.method === 0 && entry.sizeBytes !== entry.packedBytes) {
    throw new ArchiveRefused("ambiguous", `The entry ${name} is stored with two different sizes.`);
  }
  if (entry.sizeBytes > limits.maxEntryBytes) {
    throw new ArchiveRefused(
      "too-large-unpacked",
      `The entry ${name} is larger than ${gigabytes(limits.maxEntryBytes)}.`,
    );
  }
  if (isBeyondRatio(entry.sizeBytes, entry.packedBytes, limits)) {
    throw new ArchiveRefused("bomb", `The entry ${name} unpacks to more than ${limits.maxRatio} times its size.`);
  }
}

function checkNamesApart(entries: DirectoryEntry[]): void {
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const entry of entries) {
    const key = landingKey(entry.name);
    if (entry.kind === "folder") {
      if (folders.has(key)) throw duplicate(entry);
      folders.add(key);
      continue;
    }
    if (files.has(key)) throw duplicate(entry);
    files.add(key);
  }
  for (const entry of entries) checkNotInsideFile(entry, files);
}

function checkNotInsideFile(entry: DirectoryEntry, files: Set<string>): void {
  const key = landingKey(entry.name);
  if (entry.kind === "folder" && files.has(key)) throw duplicate(entry);
  for (let slash = key.indexOf("/"); slash !== -1; slash = key.indexOf("/", slash + 1)) {
    if (files.has(key.slice(0, slash))) throw duplicate(entry);
  }
}

/** Names equal by this land on the same file on a disk that ignores case or composes letters. */
function landingKey(name: string): string {
  return name.replace(/\/$/u, "").normalize("NFC").toLowerCase().normalize("NFC");
}

function duplicate(entry: DirectoryEntry): ArchiveRefused {
  return new ArchiveRefused("duplicate-name", `The name of the entry ${printable(entry.name)} collides with another.`);
}

function gigabytes(bytes: number): string {
  return `${bytes / 1024 ** 3} GB`;
}
