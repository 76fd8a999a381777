/** Controls, line and paragraph separators, and what formats without being seen. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const MARKS = /[\\`*_{}[\]<>()#+\-.!|~^=$&]/g;

/** Text from outside as Markdown that says just that: no mark, link, mention or HTML of its own, and in one line. */
export function toMarkdownText(text: string): string {
  return toLine(text)
    .replace(MARKS, "\\$&")
    .replaceAll("@", "&#64;")
    .replaceAll(":", "&#58;")
    .replace(/www/gi, "ww&#119;");
}

/** The same as code in a line: whatever it holds, it stays code. */
export function toMarkdownCode(text: string): string {
  const line = toLine(text);
  const fence = fenceFor(line, 1);
  return `${fence} ${line} ${fence}`;
}

/** The same as a block of one line to copy. */
export function toMarkdownCommand(text: string): string {
  const line = toLine(text);
  const fence = fenceFor(line, 3);
  return `${fence}sh\n${line}\n${fence}`;
}

function toLine(text: string): string {
  return text.replace(/\s+/g, " ").replace(HIDDEN, "").trim();
}

function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([marks]) => marks.length));
  return "`".repeat(Math.max(least, longest + 1));
}
