import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import type { SarifReplacement, SarifResult } from "#lib/domain/sarif-log.ts";
import { toArtifactPath } from "./artifact-path.ts";
import { toCleanText } from "./clean-text.ts";
import { type CodeLine, toLines } from "./code-lines.ts";
import { toMessageText } from "./message-text.ts";
import type { RunContext } from "./run-context.ts";

type Fix = NonNullable<ObservedFinding["code"]>["suggestedFixes"][number];

const MOST_FIXES = 5;
const MOST_REPLACEMENTS = 20;
const LONGEST_CODE = 4_000;

/** What the tool proposes to write instead, as diffs of the result's own file; what it would change elsewhere is said in words. */
export function toSuggestedFixes(
  result: SarifResult,
  place: { path: string; snippet: CodeLine[] },
  run: RunContext,
): Fix[] {
  return (result.fixes ?? []).slice(0, MOST_FIXES).flatMap((fix) => {
    const changes = (fix.artifactChanges ?? []).map(({ artifactLocation, replacements }) => ({
      path: toArtifactPath(artifactLocation, run) ?? place.path,
      replacements: replacements ?? [],
    }));
    const own = changes.filter(({ path }) => path === place.path).flatMap(({ replacements }) => replacements);
    const others = [...new Set(changes.map(({ path }) => path).filter((path) => path !== place.path))];
    const words = [
      toMessageText(fix.description, null, run),
      others.length > 0 ? `It also changes ${others.join(", ")}.` : "",
    ];
    const description = toCleanText(words.filter(Boolean).join(" "), 1_000);
    const code = toCode(own.slice(0, MOST_REPLACEMENTS), place.snippet);
    return code === "" && description === "" ? [] : [{ description, code }];
  });
}

/** A diff where the log quotes the lines that are replaced, else the new lines alone. */
function toCode(replacements: SarifReplacement[], snippet: CodeLine[]): string {
  const ordered = [...replacements].sort(
    (a, b) => toLines(a.deletedRegion).startLine - toLines(b.deletedRegion).startLine,
  );
  const hunks = ordered.map((one) => toHunk(one, snippet));
  const isDiff = hunks.every((hunk) => hunk !== null);
  const text = isDiff ? hunks.join("\n") : ordered.map(({ insertedContent }) => insertedContent?.text ?? "").join("\n");
  return toCleanText(text, LONGEST_CODE);
}

function toHunk({ deletedRegion, insertedContent }: SarifReplacement, snippet: CodeLine[]): string | null {
  const { startLine, endLine } = toLines(deletedRegion);
  const before = snippet.filter(({ number }) => number >= startLine && number <= endLine).map(({ content }) => content);
  const [first] = before;
  if (first === undefined || startLine === 0 || before.length !== endLine - startLine + 1) return null;
  // Columns count from 1, the last one is the first that stays; without one the whole line goes.
  const start = (deletedRegion.startColumn ?? 1) - 1;
  const last = before.at(-1) ?? "";
  const end = (deletedRegion.endColumn ?? last.length + 1) - 1;
  const after = (first.slice(0, start) + (insertedContent?.text ?? "") + last.slice(end)).split(/\r?\n/);
  const head = `@@ -${startLine},${before.length} +${startLine},${after.length} @@`;
  return [head, ...before.map((line) => `-${line}`), ...after.map((line) => `+${line}`)].join("\n");
}
