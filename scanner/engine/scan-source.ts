import type { EngineFinding, SkipReason } from "./engine-finding.ts";
import { isMinified } from "./files/read-text.ts";
import { suggestFixes } from "./findings/suggest-fixes.ts";
import { toFindings } from "./findings/to-findings.ts";
import { runProgram } from "./interpret/run-program.ts";
import { lowerJava } from "./ir/lower-java.ts";
import { lowerJavascript } from "./ir/lower-javascript.ts";
import { lowerPython } from "./ir/lower-python.ts";
import type { Program } from "./ir/nodes.ts";
import { NO_PROJECT, type ProjectView, type SourceModule } from "./project/source-module.ts";
import type { CompiledRules } from "./rules/compiled-rules.ts";
import { findSecrets } from "./secrets/find-secrets.ts";
import { FAMILY, type Grammar, type LanguageFamily } from "./syntax/language.ts";
import { parseSource } from "./syntax/parse-source.ts";
import type { SyntaxNode } from "./syntax/syntax-node.ts";

/** One file's text and what is to be done with it. */
type SourceFile = { path: string; text: string; grammar: Grammar | null; scanSecrets: boolean };

type SourceResult = {
  findings: EngineFinding[];
  /** Why the file was not analysed, or not to its end. */
  cut: { reason: SkipReason; detail: string } | null;
  isAnalysed: boolean;
};

const LOWER: Record<LanguageFamily, (path: string, source: string, root: SyntaxNode) => Program> = {
  python: lowerPython,
  javascript: lowerJavascript,
  java: lowerJava,
};

/** A file's code, or why there is none. `cut` may say that it is not all. */
export type LoadedCode =
  | { module: SourceModule; cut: SourceResult["cut"] }
  | { module: null; cut: NonNullable<SourceResult["cut"]> };

/** A slip of the pen is shorter; what is longer may hide anything. */
const MAX_FAULTY_LENGTH = 1_000;

/** Parses and lowers code. */
export async function loadCode(file: { path: string; text: string; grammar: Grammar }): Promise<LoadedCode> {
  const { path, text, grammar } = file;
  if (FAMILY[grammar] === "javascript" && isMinified(text)) {
    return { module: null, cut: { reason: "minified", detail: "Its lines are longer than people write." } };
  }
  const parsed = await parseSource(text, grammar);
  if (parsed === null) return { module: null, cut: { reason: "parse-timeout", detail: "Parsing took too long." } };
  const program = LOWER[FAMILY[grammar]](path, text, parsed.root);
  const module = { path, text, program };
  if (parsed.isCut) return { module, cut: cutShort("It has more code than one file may have.") };
  if (program.isCut) return { module, cut: cutShort("Its code is nested too deep.") };
  const isFaulty = parsed.faultyLength > MAX_FAULTY_LENGTH;
  return { module, cut: isFaulty ? cutShort("Much of it is no code of its language.") : null };
}

/** A file's code, loaded, with what it imports from its project. */
export type InProject = { code: LoadedCode; viewOf: (module: SourceModule) => Promise<ProjectView> };

/** Analyses one file, by itself unless its project is given. */
export async function scanSource(file: SourceFile, rules: CompiledRules, given?: InProject): Promise<SourceResult> {
  const secrets = file.scanSecrets ? findSecrets(file, rules) : [];
  const sources = new Map([[file.path, file.text]]);
  const { grammar } = file;
  if (grammar === null) return { findings: toFindings(secrets, sources), cut: null, isAnalysed: false };
  const { module, cut } = given?.code ?? (await loadCode({ ...file, grammar }));
  if (module === null) return { findings: toFindings(secrets, sources), cut, isAnalysed: false };
  const project = given === undefined ? NO_PROJECT : await given.viewOf(module);
  const result = runProgram(module, { rules: rules.languages[FAMILY[grammar]], project });
  const hits = [...result.hits, ...secrets];
  const found = toFindings(hits, result.sources);
  const findings = await suggestFixes(found, {
    ...file,
    hits,
    rescan: (text) => rescan({ ...file, grammar, text }, module.text, rules, given),
  });
  const isCut = cut === null && result.isCut;
  return { findings, cut: isCut ? cutShort("Analysing all of it would take too long.") : cut, isAnalysed: true };
}

/** The findings of a changed file, or null where the change broke its code. */
async function rescan(
  file: SourceFile & { grammar: Grammar },
  before: string,
  rules: CompiledRules,
  given?: InProject,
): Promise<EngineFinding[] | null> {
  const faults = await Promise.all([before, file.text].map((text) => countFaults(text, file.grammar)));
  const code = await loadCode(file);
  if (code.module === null || (faults[1] ?? 1) > (faults[0] ?? 0)) return null;
  const project = given === undefined ? NO_PROJECT : await given.viewOf(code.module);
  const result = runProgram(code.module, { rules: rules.languages[FAMILY[file.grammar]], project });
  const secrets = file.scanSecrets ? findSecrets(file, rules) : [];
  return toFindings([...result.hits, ...secrets], result.sources);
}

/** How many places of a text are no code of its language. */
async function countFaults(text: string, grammar: Grammar): Promise<number> {
  const parsed = await parseSource(text, grammar);
  if (parsed === null) return Number.POSITIVE_INFINITY;
  let faults = 0;
  const pending = [parsed.root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === "ERROR") faults++;
    for (const inner of node.children) pending.push(inner);
  }
  return faults;
}

function cutShort(detail: string): NonNullable<SourceResult["cut"]> {
  return { reason: "analysis-cut-short", detail };
}
