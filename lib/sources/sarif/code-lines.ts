import type { SarifLocation, SarifRegion } from "#lib/domain/sarif-log.ts";

export type CodeLine = { number: number; content: string };

const MOST_LINES = 40;
const LONGEST_LINE = 500;
/** A number of a line is stored in 32 bits. */
const LAST_LINE = 2 ** 31 - 1;

/** First and last line, from 1; 0 where the region tells none: it counts characters or bytes, or there is no region. */
export function toLines(region: SarifRegion | null | undefined): { startLine: number; endLine: number } {
  const startLine = toLine(region?.startLine);
  return { startLine, endLine: Math.max(startLine, toLine(region?.endLine)) };
}

function toLine(line: number | null | undefined): number {
  return line && line > 0 ? Math.min(Math.trunc(line), LAST_LINE) : 0;
}

/** Where in the file, for a region that tells no line. */
export function toOffsetWords({ charOffset, charLength, byteOffset, byteLength }: SarifRegion): string | null {
  const [unit, from, length] =
    typeof charOffset === "number" && charOffset >= 0
      ? ["character", charOffset, charLength ?? 0]
      : ["byte", byteOffset ?? -1, byteLength ?? 0];
  if (Number(from) < 0) return null;
  return `It begins at ${unit} ${from} of the file${length ? ` and is ${length} long` : ""}.`;
}

/** The lines that the log quotes around a place: those of the wider region where there are two. */
export function toSnippet({ physicalLocation }: SarifLocation): CodeLine[] {
  const { region, contextRegion } = physicalLocation ?? {};
  const quoted = contextRegion?.snippet?.text ? contextRegion : region;
  const text = quoted?.snippet?.text;
  if (!text || !quoted) return [];
  const first = toLines(quoted).startLine || 1;
  const lines = text.replaceAll("\r\n", "\n").replace(/\n$/, "").split("\n");
  return lines
    .slice(0, MOST_LINES)
    .map((line, index) => ({ number: first + index, content: line.slice(0, LONGEST_LINE) }));
}

/** The code that the result is about, white space aside; empty where the log does not quote it. */
export function toMarkedCode(location: SarifLocation): string {
  const { region } = location.physicalLocation ?? {};
  const own = region?.snippet?.text;
  const { startLine, endLine } = toLines(region);
  const marked = toSnippet(location).filter(({ number }) => number >= startLine && number <= endLine);
  return (own ?? marked.map(({ content }) => content).join("\n")).replace(/\s+/g, "");
}
