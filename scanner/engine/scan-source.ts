import type { EngineFinding, SkipReason } from "./engine-finding.ts";
import { isMinified } from "./files/read-text.ts";
import { toFindings } from "./findings/to-findings.ts";
import type { Hit } from "./interpret/run.ts";
import { runProgram } from "./interpret/run-program.ts";
import { lowerJavascript } from "./ir/lower-javascript.ts";
import { lowerPython } from "./ir/lower-python.ts";
import type { Program } from "./ir/nodes.ts";
import type { CompiledRules } from "./rules/compiled-rules.ts";
import { findSecrets } from "./secrets/find-secrets.ts";
import { FAMILY, type Grammar } from "./syntax/language.ts";
import { parseSource } from "./syntax/parse-source.ts";
import type { SyntaxNode } from "./syntax/syntax-node.ts";

/** One file's text and what is to be done with it. */
export type SourceFile = { path: string; text: string; grammar: Grammar | null; scanSecrets: boolean };

export type SourceResult = {
  findings: EngineFinding[];
  /** Why the file was not analysed, or not to its end. */
  cut: { reason: SkipReason; detail: string } | null;
  isAnalysed: boolean;
};

const LOWER: Record<"python" | "javascript", (source: string, root: SyntaxNode) => Program> = {
  python: lowerPython,
  javascript: lowerJavascript,
};

/** Analyses one file by itself. */
export async function scanSource(file: SourceFile, rules: CompiledRules): Promise<SourceResult> {
  const secrets = file.scanSecrets ? findSecrets(file, rules) : [];
  if (file.grammar === null) return { findings: toFindings(file, secrets), cut: null, isAnalysed: false };
  if (FAMILY[file.grammar] === "javascript" && isMinified(file.text)) {
    const cut = { reason: "minified" as const, detail: "Its lines are longer than people write." };
    return { findings: toFindings(file, secrets), cut, isAnalysed: false };
  }
  const { hits, cut } = await analyseCode(file, file.grammar, rules);
  return { findings: toFindings(file, [...hits, ...secrets]), cut, isAnalysed: cut?.reason !== "parse-timeout" };
}

async function analyseCode(
  file: SourceFile,
  grammar: Grammar,
  rules: CompiledRules,
): Promise<{ hits: Hit[]; cut: SourceResult["cut"] }> {
  const parsed = await parseSource(file.text, grammar);
  if (parsed === null) return { hits: [], cut: { reason: "parse-timeout", detail: "Parsing took too long." } };
  const program = LOWER[FAMILY[grammar]](file.text, parsed.root);
  const { hits, isCut } = runProgram(program, file.text, rules.languages[FAMILY[grammar]]);
  if (parsed.isCut)
    return { hits, cut: { reason: "analysis-cut-short", detail: "It has more code than one file may have." } };
  if (program.isCut) return { hits, cut: { reason: "analysis-cut-short", detail: "Its code is nested too deep." } };
  if (isCut) return { hits, cut: { reason: "analysis-cut-short", detail: "Analysing all of it would take too long." } };
  return { hits, cut: null };
}
