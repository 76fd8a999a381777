import type { FileHandle } from "node:fs/promises";
import { type EntryPlace, readEntry } from "../archive/read-entry.ts";
import type { EngineFinding, SkippedFile } from "../engine-finding.ts";
import { decodeText } from "../files/read-text.ts";
import { projectFiles } from "../project/project-files.ts";
import type { ProjectView, SourceModule } from "../project/source-module.ts";
import type { CompiledRules } from "../rules/compiled-rules.ts";
import { loadCode, scanSource } from "../scan-source.ts";
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

/** What a worker keeps from file to file. */
type ScanContext = {
  archive: FileHandle;
  rules: CompiledRules;
  viewOf: (module: SourceModule) => Promise<ProjectView>;
};

/** Prepares the scan of an archive's files; of all of them, since each may import any other. */
export function scanContext(archive: FileHandle, tasks: FileTask[], rules: CompiledRules): ScanContext {
  const code = tasks.flatMap(({ path, entry, grammar }) => (grammar === null ? [] : [{ path, entry, grammar }]));
  const viewOf = projectFiles(code, async ({ path, entry, grammar }) => {
    const text = decodeText(await readEntry(archive, entry));
    return text === null ? null : (await loadCode({ path, text, grammar })).module;
  });
  return { archive, rules, viewOf };
}

/** Reads one entry and analyses it. Throws ArchiveRefused when the entry is not what the archive says. */
export async function scanFile(context: ScanContext, task: FileTask): Promise<FileResult> {
  const { path } = task;
  const text = decodeText(await readEntry(context.archive, task.entry));
  if (text === null) {
    const skipped: SkippedFile = { path, reason: "binary", detail: "It holds bytes that no text has." };
    return { path, findings: [], skipped: task.grammar === null ? null : skipped, linesScanned: 0 };
  }
  const { findings, cut, isAnalysed } = await scanSource({ ...task, text }, context.rules, context.viewOf);
  return {
    path,
    findings,
    skipped: cut === null ? null : { path, ...cut },
    linesScanned: isAnalysed ? text.split("\n").length : 0,
  };
}
