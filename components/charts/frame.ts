import { scaleLinear } from "@visx/scale";

/** How large a chart is drawn, in CSS pixels: it is drawn for its width, never scaled to it. */
export type PlotSize = { width: number; height: number; isNarrow: boolean };

/** Of a chart that a page begins with. */
export const BAND_HEIGHTS = { wide: 272, narrow: 224 };

/** The inside of the axes. */
export type Frame = { left: number; right: number; top: number; bottom: number; isNarrow: boolean };

export function toFrame(size: PlotSize, margin: { left: number; right: number; top: number; bottom: number }): Frame {
  return {
    left: margin.left,
    right: size.width - margin.right,
    top: margin.top,
    bottom: size.height - margin.bottom,
    isNarrow: size.isNarrow,
  };
}

const GRID_LINES = 3;

/** Values on the height of the frame, up to the next whole step, with a zero line and a few whole numbers around it. */
export function toValueScale(frame: Frame, values: number[]) {
  const least = Math.min(0, ...values);
  // Shares of a percent would have no whole number above them.
  const most = least < 0 ? Math.max(0, ...values) : Math.max(1, ...values);
  const [first = 0, second = 1] = scaleLinear({ domain: [least, most] }).ticks(GRID_LINES);
  const step = second - first;
  const domain = [Math.floor(least / step) * step, Math.ceil(most / step) * step];
  const y = scaleLinear<number>({ domain, range: [frame.bottom, frame.top] });
  const count = Math.round((Math.max(...domain) - Math.min(...domain)) / step);
  return Object.assign(y, { whole: y.ticks(count).filter(Number.isInteger) });
}
export type ValueScale = ReturnType<typeof toValueScale>;

/** The steps from the left to the right edge; one alone stands in the middle. */
export function toStepScale(frame: Frame, count: number): (index: number) => number {
  if (count === 1) return () => (frame.left + frame.right) / 2;
  return scaleLinear<number>({ domain: [0, count - 1], range: [frame.left, frame.right] });
}

/**
 * Where a scale of these totals begins: at zero, or a whole step below the least where the changes between them would
 * take less than a third of it.
 */
export function toScaleStart(totals: number[]): number {
  const [least, most] = [Math.min(...totals), Math.max(...totals)];
  const span = most - least;
  if (span === 0 || least <= 2 * span) return Math.min(0, least);
  const step = 10 ** Math.floor(Math.log10(span));
  return Math.max(0, Math.floor((least - span / 4) / step) * step);
}
