import type { FileHandle } from "node:fs/promises";
import { type EntryPlace, readEntry } from "../archive/read-entry.ts";
import type { EngineFinding, SkippedFile } from "../engine-finding.ts";
import { decodeText } from "../files/read-text.ts";
import { cachedLoad } from "../project/load-cache.ts";
import { projectFiles } from "../project/project-files.ts";
import type { CompiledRules } from "../rules/compiled-rules.ts";
import { type InProject, type LoadedCode, loadCode, scanSource } from "../scan-source.ts";
import type { Grammar } from "../syntax/language.ts";

/** One entry of the archive and what is to be done with it. `path` is what people call it. */
export type FileTask = { path: string; entry: EntryPlace; grammar: Grammar | null; scanSecrets: boolean };

export type FileResult = {
  path: string;
  findings: EngineFinding[];
  skipped: SkippedFile | null;
  /** Zero when its code was not analysed. */
  linesScanned: number;
};

type CodeTask = FileTask & { grammar: Grammar };
type LoadedFile = { text: string; code: LoadedCode };

/** What a worker keeps from file to file. */
type ScanContext = {
  archive: FileHandle;
  rules: CompiledRules;
  /** Null for what is no text. */
  load: (task: CodeTask) => Promise<LoadedFile | null>;
  viewOf: InProject["viewOf"];
};

/** Prepares the scan of an archive's files; of all of them, since each may import any other. */
export function scanContext(archive: FileHandle, tasks: FileTask[], rules: CompiledRules): ScanContext {
  const load = cachedLoad(async ({ path, entry, grammar }: CodeTask): Promise<LoadedFile | null> => {
    const text = decodeText(await readEntry(archive, entry));
    return text === null ? null : { text, code: await loadCode({ path, text, grammar }) };
  });
  const viewOf = projectFiles(tasks.filter(isCode), async (task) => (await load(task))?.code.module ?? null);
  return { archive, rules, load, viewOf };
}

function isCode(task: FileTask): task is CodeTask {
  return task.grammar !== null;
}

/** Reads one entry and analyses it. Throws ArchiveRefused when the entry is not what the archive says. */
export async function scanFile(context: ScanContext, task: FileTask): Promise<FileResult> {
  const { path } = task;
  if (!isCode(task)) return scanSettings(context, task);
  const loaded = await context.load(task);
  if (loaded === null) {
    const skipped: SkippedFile = { path, reason: "binary", detail: "It holds bytes that no text has." };
    return { path, findings: [], skipped, linesScanned: 0 };
  }
  const { text, code } = loaded;
  const project = { code, viewOf: context.viewOf };
  const { findings, cut, isAnalysed } = await scanSource({ ...task, text }, context.rules, project);
  const skipped = cut === null ? null : { path, ...cut };
  return { path, findings, skipped, linesScanned: isAnalysed ? text.split("\n").length : 0 };
}

async function scanSettings({ archive, rules }: ScanContext, task: FileTask): Promise<FileResult> {
  const { path, entry } = task;
  const text = decodeText(await readEntry(archive, entry));
  const findings = text === null ? [] : (await scanSource({ ...task, text }, rules)).findings;
  return { path, findings, skipped: null, linesScanned: 0 };
}
