import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ArchiveRefused } from "../engine/archive/archive-refused.ts";
import type { ScanProgress, ScanResult } from "../engine/engine-finding.ts";
import { scanArchive } from "../engine/scan-archive.ts";
import { packFolder } from "./pack-folder.ts";
import { type Arguments, readArguments, USAGE, UsageError } from "./read-arguments.ts";
import { failures, type Report, readBaseline, toReport } from "./report.ts";
import { toSarif } from "./to-sarif.ts";
import { toTable } from "./to-table.ts";

type Terminal = { write(text: string): unknown; isTTY?: boolean };
export type Surroundings = { stdout: Terminal; stderr: Terminal; signal: AbortSignal };

/** Scans what the command line names and prints the report. Returns the exit code: 0 passed, 1 gate failed, 2 not scanned. */
export async function scanCommand(words: string[], { stdout, stderr, signal }: Surroundings): Promise<0 | 1 | 2> {
  try {
    const wanted = readArguments(words);
    const baseline = wanted.baseline === null ? [] : await readBaseline(wanted.baseline);
    const report = toReport(await scanPath(wanted.path, signal, progressLine(stderr)), baseline);
    stdout.write(`${print(report, wanted, stdout.isTTY ?? false)}\n`);
    const failing = failures(report, wanted.failOn);
    if (failing.length === 0) return 0;
    stderr.write(`The gate failed: ${failing.length} findings of severity ${wanted.failOn?.toLowerCase()} or worse.\n`);
    return 1;
  } catch (error) {
    if (error instanceof UsageError) stderr.write(`${error.message}\n\n${USAGE}\n`);
    else if (error instanceof ArchiveRefused) stderr.write(`Not scanned (${error.code}): ${error.message}\n`);
    else stderr.write(`Not scanned: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

async function scanPath(
  path: string,
  signal: AbortSignal,
  onProgress: (progress: ScanProgress) => void,
): Promise<ScanResult> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new UsageError(`There is no ${path}.`);
  if (!found.isDirectory()) return scanArchive(path, { signal, onProgress });
  const folder = await mkdtemp(join(tmpdir(), "sightline-scan-"));
  try {
    const zipPath = join(folder, "source.zip");
    const skippedFiles = await packFolder(path, zipPath);
    const result = await scanArchive(zipPath, { signal, onProgress });
    return { ...result, skippedFiles: [...skippedFiles, ...result.skippedFiles] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function print(report: Report, { format }: Arguments, isTerminal: boolean): string {
  if (format === "table") return toTable(report, isTerminal);
  return JSON.stringify(format === "sarif" ? toSarif(report) : report, null, 2);
}

/** One line that is written over and over, where someone sits at a terminal. */
function progressLine(stderr: Terminal): (progress: ScanProgress) => void {
  if (!stderr.isTTY) return () => {};
  return ({ stage, done, total }) => {
    const isLast = stage === "analysing" && done === total;
    stderr.write(`\r\u001b[K${isLast ? "" : `${stage} ${done} of ${total}`}`);
  };
}
