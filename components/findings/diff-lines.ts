import type { CodeLine, DiffLine } from "#components/ui/code-block.tsx";

const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;
const SIGNS: Record<string, DiffLine["kind"]> = { "+": "added", "-": "removed", " ": "same" };

/** Both signs, and no line without one: a diff whose head was left out. */
const isSigned = (lines: string[]): boolean =>
  lines.every((line) => line === "" || (line[0] ?? "") in SIGNS) &&
  ["+", "-"].every((sign) => lines.some((line) => line.startsWith(sign)));

/**
 * A suggested fix as lines with signs. `code` is a unified diff, with or without its heads, or the lines to stand where
 * the marked ones are now; then those between `from` and `to` are what it replaces.
 */
export function toDiffLines(code: string, snippet: CodeLine[], from: number, to: number): DiffLine[] {
  const lines = code.replace(/\n$/, "").split("\n");
  if (lines.some((line) => HUNK.test(line))) return fromUnified(lines);
  if (isSigned(lines)) return fromUnified([`@@ -${from} +${from} @@`, ...lines]);
  const removed = snippet.filter(({ number }) => number >= from && number <= to);
  return [
    ...removed.map(({ number, content }): DiffLine => ({ kind: "removed", number, content })),
    ...lines.map((content, index): DiffLine => ({ kind: "added", number: from + index, content })),
  ];
}

function fromUnified(lines: string[]): DiffLine[] {
  let before = 0;
  let after = 0;
  const diff: DiffLine[] = [];
  for (const line of lines) {
    const hunk = HUNK.exec(line);
    if (hunk) {
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      continue;
    }
    // Names of files stand before the first hunk, notes begin with a backslash.
    const kind = SIGNS[line[0] ?? " "];
    if (before === 0 || kind === undefined) continue;
    diff.push({ kind, number: kind === "removed" ? before : after, content: line.slice(1) });
    if (kind !== "added") before += 1;
    if (kind !== "removed") after += 1;
  }
  return diff;
}
