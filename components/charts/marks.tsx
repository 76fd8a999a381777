import { AXIS_TEXT } from "./axes.tsx";
import type { Frame } from "./frame.ts";

/** Something that explains a step in the drawing. */
export type Mark = { index: number; text: string };

const MOST = 3;
const STEM = 22;
const ROOM = 140;

/** At most three, so that the drawing stays one: whoever calls puts the weightiest first. */
export function Marks(props: {
  marks: Mark[];
  frame: Frame;
  x: (index: number) => number;
  /** Where the drawing ends at a step, in pixels. */
  top: (index: number) => number;
}) {
  const { marks, frame, x, top } = props;
  // A narrow chart has no room beside the drawing; the table and the reading say the same.
  if (frame.isNarrow) return null;
  return (
    <g>
      {marks.slice(0, MOST).map(({ index, text }, position) => {
        const [at, y] = [x(index), Math.max(top(index) - 4, frame.top + STEM)];
        const isAtEnd = frame.right - at < ROOM;
        return (
          <g key={index}>
            <line x1={at} x2={at} y1={y} y2={y - STEM} className="stroke-text-3" />
            <text
              x={at + (isAtEnd ? -5 : 5)}
              y={y - STEM + 8 - (position % 2) * 13}
              textAnchor={isAtEnd ? "end" : "start"}
              className={`${AXIS_TEXT} fill-text-2`}
            >
              {text}
            </text>
          </g>
        );
      })}
    </g>
  );
}
