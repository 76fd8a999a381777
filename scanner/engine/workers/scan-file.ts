import type { FileHandle } from "node:fs/promises";
import { type EntryPlace, readEntry } from "../archive/read-entry.ts";
import type { EngineFinding, SkippedFile } from "../engine-finding.ts";
import { decodeText } from "../files/read-text.ts";
import type { CompiledRules } from "../rules/compiled-rules.ts";
import { scanSource } from "../scan-source.ts";
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

/** Reads one entry and analyses it. Throws ArchiveRefused when the entry is not what the archive says. */
export async function scanFile(archive: FileHandle, task: FileTask, rules: CompiledRules): Promise<FileResult> {
  const { path } = task;
  const text = decodeText(await readEntry(archive, task.entry));
  if (text === null) {
    const skipped: SkippedFile = { path, reason: "binary", detail: "It holds bytes that no text has." };
    return { path, findings: [], skipped: task.grammar === null ? null : skipped, linesScanned: 0 };
  }
  const { findings, cut, isAnalysed } = await scanSource({ ...task, text }, rules);
  return {
    path,
    findings,
    skipped: cut === null ? null : { path, ...cut },
    linesScanned: isAnalysed ? text.split("\n").length : 0,
  };
}
