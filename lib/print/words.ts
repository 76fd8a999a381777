import type { Tone } from "#lib/domain/paper.ts";
import type { Severity } from "#lib/domain/severity.ts";

export const SEVERITY_WORDS: Record<Severity, string> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
  untriaged: "Untriaged",
  info: "Info",
};

/** Control and format characters: invisible, or made to reverse what stands around them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
const LONGEST = 90;

/** Text of others as it may stand on paper: in one line, what hides in it shown, and never so long that it is a page. */
export function plain(text: string): string {
  const line = text
    .replace(/\s+/g, " ")
    .replace(UNSEEN, (marks) => [...marks].map((mark) => `⟨U+${toHex(mark)}⟩`).join(""))
    .trim();
  const letters = [...line];
  return letters.length <= LONGEST ? line : `${letters.slice(0, LONGEST - 1).join("")}…`;
}

const toHex = (mark: string): string => (mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");

/** "2026-10-31 23:59 UTC" of an instant, to the minute; the paper has no zone of its own. */
export const instantWord = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;

/** A duration of `days` in the unit that says most: "5 h", "2.5 d", "12 d". */
export function daysWord(days: number): string {
  if (days < 1) return `${Math.round(days * 24)} h`;
  return days < 10 ? `${Number(days.toFixed(1))} d` : `${Math.round(days).toLocaleString("en")} d`;
}

/** Of a change in what is better when there is less of it. */
export function toneOf(change: number): Tone {
  if (change === 0) return "plain";
  return change < 0 ? "good" : "bad";
}

/** A change of a duration, signed. */
export function daysChangeWord(change: number): string {
  if (change === 0) return "±0";
  return `${change > 0 ? "+" : "−"}${daysWord(Math.abs(change))}`;
}
