import type { Frame, ValueScale } from "./frame.ts";
import type { Line, Step } from "./series.ts";
import { spread } from "./spread.ts";

const GAP = 17;
const LEAST_ROOM = 112;
const MOST_ROOM = 204;
const LETTER = 6.8;
/** A piece of the line itself, before its name. */
const PIECE = 11;
const NAME_LENGTH = 18;

const shortName = (name: string): string => (name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name);

/** How wide the names beside the lines are, each with its last value. */
export function roomForNames(lines: Line[], steps: Step[], format: (value: number) => string): number {
  const letters = lines.map(({ key, name }) => {
    const value = steps.findLast(({ values }) => typeof values?.[key] === "number")?.values?.[key] ?? 0;
    return shortName(name).length + format(value).length + 1;
  });
  return Math.min(MOST_ROOM, Math.max(LEAST_ROOM, Math.max(0, ...letters) * LETTER + PIECE + 15));
}

/** Names each line where it ends, with its last value. */
export function LineNames(props: {
  lines: Line[];
  steps: Step[];
  x: (index: number) => number;
  y: ValueScale;
  frame: Frame;
  format: (value: number) => string;
}) {
  const { lines, steps, x, y, frame, format } = props;
  const ends = lines
    .flatMap((line) => {
      const index = steps.findLastIndex(({ values }) => typeof values?.[line.key] === "number");
      const value = steps[index]?.values?.[line.key];
      return typeof value === "number" ? [{ line, index, value }] : [];
    })
    .sort((one, other) => one.value - other.value);
  const places = spread(
    ends.map(({ value }) => y(value)),
    GAP,
    { top: frame.top, bottom: frame.bottom - 2 },
  );
  return (
    <g>
      {ends.map(({ line, index, value }, position) => {
        const at = places[position] ?? y(value);
        return (
          <g key={line.key}>
            <line
              x1={x(index) + 8}
              x2={x(index) + 8 + PIECE}
              y1={at}
              y2={at}
              className={`stroke-current stroke-2 ${line.stroke}`}
              strokeDasharray={line.isDashed ? "4 3" : undefined}
            />
            <text x={x(index) + 13 + PIECE} y={at + 4} className="fill-text text-[12.5px]">
              {shortName(line.name)} <tspan className="font-semibold">{format(value)}</tspan>
            </text>
          </g>
        );
      })}
    </g>
  );
}
