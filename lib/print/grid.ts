import { formatChange, formatCount } from "#components/ui/numbers.ts";
import type { Grid, GridCell } from "#lib/domain/paper.ts";
import { toneOf } from "./words.ts";

/** A grid whose first column is names and whose others are numbers. */
export const numbers = (heads: string[], rows: GridCell[][]): Grid => ({
  heads,
  sides: heads.map((_, index) => (index === 0 ? "left" : "right")),
  rows,
});
/** A grid of words. */
export const words = (heads: string[], rows: GridCell[][]): Grid => ({ heads, sides: heads.map(() => "left"), rows });
export const cell = (text: string): GridCell => ({ text });
export const count = (value: number): GridCell => cell(formatCount(value));
export const changeCell = (value: number): GridCell => ({ text: formatChange(value), tone: toneOf(value) });
