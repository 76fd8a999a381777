import { z } from "zod";
import { findingStatusSchema, sourceNameSchema } from "./finding.ts";
import { severitySchema } from "./severity.ts";

/** What one source says of a place in code, as far as it tells whether another speaks of the same. */
export type CodeProblem = {
  detectorId: string;
  cwes: string[];
  /** The repository, function or scan that the code is of. */
  project: string;
  path: string;
  startLine: number;
  endLine: number;
  /** The line that it begins at; null where its source was not asked for it, or has none. */
  line: string | null;
};

/** Sources count the lines of one problem from its beginning, its name or its call: so far apart, it is the same. */
const LINES_WORDS = ["the same lines", "1 line apart", "2 lines apart", "3 lines apart"] as const;
/** What so short a line says, others say too. */
const SHORTEST_LINE = 8;

/**
 * Why two sources speak of one problem, in words; null where they do not, as far as can be told. It takes the same file,
 * the same weakness, and either the same code or the same lines of a project of the same name.
 */
export function whySameProblem(one: CodeProblem, other: CodeProblem): string[] | null {
  const weakness = sameWeakness(one, other);
  const file = sameFile(one.path, other.path);
  if (weakness === null || file === null) return null;
  if (isSameLine(one.line, other.line)) return [file, weakness, "the same code"];
  const isSameProject = one.project.toLowerCase() === other.project.toLowerCase();
  const apart = linesApart(one, other);
  // Where both show their code, it is another.
  if (!isSameProject || apart >= LINES_WORDS.length || (one.line && other.line)) return null;
  return [`both in ${one.project}`, file, weakness, LINES_WORDS[apart] ?? ""];
}

/** "python/sql-injection@v1.0" as "python/sql-injection". */
const withoutVersion = (detectorId: string): string => detectorId.toLowerCase().replace(/@v[\d.]+$/, "");

function sameWeakness(one: CodeProblem, other: CodeProblem): string | null {
  if (withoutVersion(one.detectorId) === withoutVersion(other.detectorId)) return `both by ${one.detectorId}`;
  const cwe = one.cwes.find((name) => other.cwes.includes(name));
  return cwe ? `both ${cwe}` : null;
}

/** One source may count a path from the repository, another from a folder in it or above it. */
function sameFile(one: string, other: string): string | null {
  const [long, short] = one.length >= other.length ? [one, other] : [other, one];
  return long === short || long.endsWith(`/${short}`) ? `the same file ${short}` : null;
}

function isSameLine(one: string | null, other: string | null): boolean {
  const text = one?.trim() ?? "";
  return text.length >= SHORTEST_LINE && text === other?.trim();
}

function linesApart(one: CodeProblem, other: CodeProblem): number {
  return Math.max(0, one.startLine - other.endLine, other.startLine - one.endLine);
}

/** Another source's finding of the same problem, or one that a person keeps apart. */
export const sameProblemSchema = z.object({
  findingId: z.uuid(),
  source: sourceNameSchema,
  title: z.string(),
  severity: severitySchema,
  status: findingStatusSchema,
  project: z.string(),
  path: z.string(),
  startLine: z.number().int(),
  isSame: z.boolean(),
  reasons: z.array(z.string()), // why it is found to be the same by itself; empty where it is not
  decidedBy: z.string().nullable(), // the user name of who said so; null = found by itself
});
export type SameProblem = z.infer<typeof sameProblemSchema>;

/** `isSame: null` takes a person's word back: what is found by itself counts again. */
export const sameProblemDecisionSchema = z.strictObject({ findingId: z.uuid(), isSame: z.boolean().nullable() });
export type SameProblemDecision = z.infer<typeof sameProblemDecisionSchema>;
