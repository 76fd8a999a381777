/** Characters that say nothing and hide things: controls but tab and line feed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** A text of a report as we keep it: without control characters, line ends as ours, and not longer than `most`. */
export function toCleanText(text: string, most: number): string {
  const clean = text.replaceAll("\r\n", "\n").replace(CONTROLS, "").trim();
  return clean.length > most ? `${clean.slice(0, most - 1)}…` : clean;
}

/** The same in one line. */
export function toCleanLine(text: string, most: number): string {
  return toCleanText(text.replace(/\s+/g, " "), most);
}

const LONGEST_URL = 2048;

/** An address that a browser may be sent to; anything else is null. */
export function toWebUrl(text: string | null | undefined): string | null {
  if (!text || text.length > LONGEST_URL || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
}
