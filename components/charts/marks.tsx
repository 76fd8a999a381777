import { AXIS_TEXT } from "./axes.tsx";
import type { Frame } from "./frame.ts";

/** Something that explains a step in the drawing. */
export type Mark = { index: number; text: string };

const MOST = 3;
const STEM = 22;
const LANE = 14;
const LETTER = 6.1;
const LEAST_LETTERS = 24;

/** The marks that are drawn: so few that the drawing stays one. Whoever calls puts the weightiest first. */
export const drawnMarks = (marks: Mark[]): Mark[] => marks.slice(0, MOST).sort((a, b) => a.index - b.index);

const ONE_LANE = 30;

/** How far below its top a drawing begins, so that the words of its marks have a lane each if they need one. */
export const roomAbove = (marks: Mark[]): number => ONE_LANE + Math.max(0, drawnMarks(marks).length - 2) * LANE;

type MarksProps = {
  marks: Mark[];
  frame: Frame;
  x: (index: number) => number;
  /** Where the drawing ends at a step, in pixels. */
  top: (index: number) => number;
};

/** Each with its words where there is room; a narrow chart has the signs alone, and what is below it says the words. */
export function Marks({ marks, frame, x, top }: MarksProps) {
  const drawn = drawnMarks(marks);
  if (frame.isNarrow) return drawn.map(({ index }) => <Sign key={index} at={x(index)} y={frame.top} />);
  const places = toPlaces(drawn, frame, x);
  return (
    <g>
      {places.map(({ index, at, lane }) => {
        const foot = Math.max(top(index) - 4, frame.top + STEM);
        return (
          <line
            key={index}
            x1={at}
            x2={at}
            y1={foot}
            y2={headOf(lane, frame) - 8}
            className="stroke-text-3"
            strokeDasharray="2 2"
          />
        );
      })}
      {places.map(({ index, text, at, side, lane }) => (
        <text
          key={index}
          x={at + (side === "end" ? -5 : 5)}
          y={headOf(lane, frame)}
          textAnchor={side}
          // On a ground of its own, so that it can be read on what it crosses.
          className={`${AXIS_TEXT} fill-text-2 stroke-surface stroke-[4px] [paint-order:stroke]`}
          data-mark
        >
          {text}
        </text>
      ))}
    </g>
  );
}

/** The words of a lane stand above the drawing, each lane above the one before. */
const headOf = (lane: number, frame: Frame): number => frame.top - 10 - lane * LANE;

function Sign({ at, y }: { at: number; y: number }) {
  return <path d={`M${at - 4} ${y - 8}h8l-4 7z`} className="fill-text-2" data-mark data-fill />;
}

type Place = Mark & { at: number; side: "start" | "end"; lane: number };

/**
 * To the right, or to the left where that has no room for the words but the left has more; cut to the room that there
 * is, and one lane higher where the words before would be covered.
 */
function toPlaces(marks: Mark[], frame: Frame, x: (index: number) => number): Place[] {
  const ends: number[] = [];
  return marks.map(({ index, text: whole }) => {
    const at = x(index);
    const isRight = at + widthOf(whole) <= frame.right || frame.right - at >= at - frame.left;
    const side = isRight ? "start" : "end";
    const text = cut(whole, isRight ? frame.right - at : at - frame.left);
    const width = widthOf(text);
    const [from, to] = side === "end" ? [at - width, at] : [at, at + width];
    const free = ends.findIndex((end) => end <= from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = to;
    return { index, text, at, side, lane };
  });
}

const widthOf = (text: string): number => text.length * LETTER + 10;

function cut(text: string, room: number): string {
  const letters = Math.max(LEAST_LETTERS, Math.floor((room - 10) / LETTER));
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}
