import type { Frame, ValueScale } from "#components/charts/frame.ts";
import type { Tick } from "#components/charts/series.ts";
import { formatCount } from "#components/ui/numbers.ts";
import type { Paint, Shape } from "#lib/domain/paper.ts";

/** How wide a drawing is: as the column of a page is, or as a small screen. */
export type Width = { width: number; isNarrow: boolean };
export const WIDE: Width = { width: 697, isNarrow: false };
export const NARROW: Width = { width: 326, isNarrow: true };

type Word = { text: string; side?: "start" | "middle" | "end"; fill?: Paint; isStrong?: boolean };

export const word = ([x, y]: [number, number], { text, side = "start", fill = "text-2", isStrong }: Word): Shape => ({
  kind: "text",
  x,
  y,
  text,
  side,
  fill,
  ...(isStrong ? { isStrong } : {}),
});

/** The lines across, with their numbers at the left; zero is a rule. */
export function toGrid(frame: Frame, y: ValueScale): Shape[] {
  return y.whole.flatMap((value): Shape[] => [
    {
      kind: "line",
      from: [frame.left, y(value)],
      to: [frame.right, y(value)],
      stroke: value === 0 ? "axis" : "grid",
      width: 1,
    },
    word([frame.left - 6, y(value) + 4], { text: formatCount(Math.abs(value)), side: "end" }),
  ]);
}

/** The words under the steps; the last of two that would touch is left out. */
export function toAxis(frame: Frame, x: (index: number) => number, ticks: Tick[]): Shape[] {
  let free = Number.NEGATIVE_INFINITY;
  return ticks.flatMap(({ index, word: text }) => {
    const half = text.length * 3.2;
    const at = Math.min(Math.max(x(index), frame.left + half), frame.right - half);
    if (at - half < free) return [];
    free = at + half + 8;
    return [word([at, frame.bottom + 17], { text, side: "middle" })];
  });
}
