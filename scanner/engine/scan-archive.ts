import { open } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { ArchiveRefused } from "./archive/archive-refused.ts";
import type { ArchiveEntry } from "./archive/check-layout.ts";
import { inspectArchive } from "./archive/inspect-archive.ts";
import type { EngineFinding, ScanProgress, ScanResult, SkippedFile } from "./engine-finding.ts";
import { planFile } from "./files/plan-file.ts";
import { compareFindings, placeOfFinding } from "./findings/to-findings.ts";
import type { FileTask } from "./workers/scan-file.ts";
import { scanFiles } from "./workers/scan-files.ts";

type ScanOptions = {
  signal: AbortSignal;
  onProgress: (progress: ScanProgress) => void;
  /** Threads; by default as many as the machine has, up to four. */
  workers?: number;
  fileDeadlineMs?: number;
};

const MAX_WORKERS = 4;
const FILE_DEADLINE_MS = 30_000;

/**
 * Checks a zip and analyses the code in it; nothing of it is written anywhere or run.
 * Throws ArchiveRefused with a reason a person can act on, and the signal's reason when aborted.
 */
export async function scanArchive(archivePath: string, options: ScanOptions): Promise<ScanResult> {
  const { signal, onProgress } = options;
  onProgress({ stage: "reading", done: 0, total: 0 });
  const entries = await readEntries(archivePath, signal);
  const { tasks, skippedFiles } = planEntries(entries);
  if (tasks.length === 0 && skippedFiles.length === 0) {
    throw new ArchiveRefused(
      "nothing-to-scan",
      "The archive holds no source code and no settings that could be scanned.",
    );
  }
  const result: ScanResult = { findings: [], skippedFiles, filesScanned: 0, linesScanned: 0, languages: {} };
  const languageOf = new Map(tasks.map((task) => [task.path, task.grammar]));
  let done = 0;
  onProgress({ stage: "analysing", done, total: tasks.length });
  await scanFiles(tasks, {
    archivePath,
    workers: options.workers ?? Math.min(availableParallelism(), MAX_WORKERS),
    fileDeadlineMs: options.fileDeadlineMs ?? FILE_DEADLINE_MS,
    signal,
    onDone: (file) => {
      result.findings.push(...file.findings);
      if (file.skipped !== null) skippedFiles.push(file.skipped);
      countFile(result, file.linesScanned, languageOf.get(file.path) ?? null);
      onProgress({ stage: "analysing", done: ++done, total: tasks.length });
    },
  });
  result.findings = withoutRepeats(result.findings).sort(compareFindings);
  skippedFiles.sort((a, b) => (a.path < b.path ? -1 : 1));
  return result;
}

async function readEntries(archivePath: string, signal: AbortSignal): Promise<ArchiveEntry[]> {
  const file = await open(archivePath);
  try {
    return await inspectArchive(file, signal);
  } finally {
    await file.close();
  }
}

/** Sorts entries into what is analysed and what is reported as left out. Folders and pictures are neither. */
function planEntries(entries: ArchiveEntry[]): { tasks: FileTask[]; skippedFiles: SkippedFile[] } {
  const tasks: FileTask[] = [];
  const skippedFiles: SkippedFile[] = [];
  for (const entry of entries) {
    const path = entry.name;
    if (entry.kind === "folder" || isFinderNote(path)) continue;
    if (entry.kind === "symlink") {
      skippedFiles.push({ path, reason: "symlink", detail: "Links are not followed." });
      continue;
    }
    const plan = planFile(path, entry.sizeBytes);
    if (plan.skip !== null) skippedFiles.push({ path, ...plan.skip });
    if (plan.grammar === null && !plan.scanSecrets) continue;
    const { name, method, crc32, packedBytes, sizeBytes, dataStart } = entry;
    const place = { name, method, crc32, packedBytes, sizeBytes, dataStart };
    tasks.push({ path, entry: place, grammar: plan.grammar, scanSecrets: plan.scanSecrets });
  }
  return { tasks, skippedFiles };
}

/** What input from one file does in another is found from either; the longer story is kept. */
function withoutRepeats(findings: EngineFinding[]): EngineFinding[] {
  const byPlace = new Map<string, EngineFinding>();
  for (const finding of findings) {
    const known = byPlace.get(placeOfFinding(finding));
    if (known === undefined || compareStories(finding, known) > 0) byPlace.set(placeOfFinding(finding), finding);
  }
  return [...byPlace.values()];
}

/** In a fixed order, whichever worker was first. */
function compareStories(a: EngineFinding, b: EngineFinding): number {
  const story = (finding: EngineFinding) => JSON.stringify(finding.steps);
  return a.steps.length - b.steps.length || Number(story(a) > story(b)) - 0.5;
}

/** What macOS adds beside each file. */
function isFinderNote(path: string): boolean {
  return path.startsWith("__MACOSX/") || path.endsWith("/.DS_Store") || path === ".DS_Store";
}

function countFile(result: ScanResult, linesScanned: number, language: string | null): void {
  if (linesScanned === 0 || language === null) return;
  result.filesScanned++;
  result.linesScanned += linesScanned;
  result.languages[language] = (result.languages[language] ?? 0) + 1;
}
