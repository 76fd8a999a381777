import type { FileHandle } from "node:fs/promises";
import { ARCHIVE_LIMITS, type ArchiveLimits } from "./archive-limits.ts";
import { checkEntries } from "./check-entries.ts";
import { type ArchiveEntry, checkLayout } from "./check-layout.ts";
import { findDirectory } from "./find-directory.ts";
import { readDirectory } from "./read-directory.ts";

/**
 * Reads and checks a zip's whole structure without unpacking anything. Returns its entries in file order.
 * Throws ArchiveRefused for whatever two readers could see differently, and for what exceeds the limits.
 */
export async function inspectArchive(
  file: FileHandle,
  signal: AbortSignal,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<ArchiveEntry[]> {
  const { size } = await file.stat();
  const place = await findDirectory(file, size);
  const entries = await readDirectory(file, place, limits);
  checkEntries(entries, limits);
  return checkLayout(file, entries, place.start, signal);
}
