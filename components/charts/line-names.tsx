import type { Frame, ValueScale } from "./frame.ts";
import type { Line, Step } from "./series.ts";
import { spread } from "./spread.ts";

const GAP = 17;

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
          <text
            key={line.key}
            x={x(index) + 8}
            y={at + 4}
            className={`fill-current text-[12.5px] font-semibold ${line.stroke}`}
          >
            {line.name} {format(value)}
          </text>
        );
      })}
    </g>
  );
}
