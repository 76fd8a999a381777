import type { Paint, Tone } from "#lib/domain/paper.ts";

/** The colours of the light theme: paper is white. */
export const PAINTS: Record<Paint, string> = {
  critical: "#ae0f3c",
  high: "#ee7a2e",
  medium: "#f3c63c",
  low: "#4a9bc4",
  untriaged: "#665a98",
  info: "#c4c8d0",
  new: "#c2551a",
  closed: "#177f8c",
  net: "#16181d",
  text: "#16181d",
  "text-2": "#4a4f5a",
  grid: "#ebebef",
  axis: "#c9cbd2",
  gap: "#e2e3e8",
  surface: "#ffffff",
};

export const TONES: Record<Tone, string> = { good: "#0b6654", bad: "#a92316", plain: "#4a4f5a" };
export const LINE = "#d5d6dc";
export const QUIET = "#656a76";
