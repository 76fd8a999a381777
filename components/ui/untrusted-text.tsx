/** Controls, line and paragraph separators, and what formats without being seen: marks that turn the direction, tags. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Text from outside with every character that hides or reorders shown as its number, as in ⟨U+202E⟩.
 * Line breaks and tabs become spaces.
 */
export function visibleText(text: string): string {
  return text
    .replace(/[\t\n\r]+/g, " ")
    .replace(HIDDEN, (mark) => `⟨U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

/** The same for a line of code: its tabs are its own, and stay. */
export function visibleCode(text: string): string {
  return text.split("\t").map(visibleText).join("\t");
}

/** Text from outside, apart in direction from what stands around it. */
export function UntrustedText({ text, className }: { text: string; className?: string }) {
  return <bdi className={className}>{visibleText(text)}</bdi>;
}
