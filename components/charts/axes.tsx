import { formatCount } from "#components/ui/numbers.ts";
import type { Frame, ValueScale } from "./frame.ts";
import type { Tick } from "./series.ts";

export const AXIS_TEXT = "fill-text-3 text-[11.5px]";

/** A few lines across, each with its value; the one at zero is a rule. */
export function ValueAxis(props: { frame: Frame; y: ValueScale; format?: (value: number) => string }) {
  const { frame, y, format = formatCount } = props;
  return (
    <g>
      {y.whole.map((value) => (
        <g key={value}>
          <line
            x1={frame.left}
            x2={frame.right}
            y1={y(value)}
            y2={y(value)}
            className={value === 0 ? "stroke-chart-axis" : "stroke-chart-grid"}
          />
          <text x={frame.left - 8} y={y(value) + 4} textAnchor="end" className={AXIS_TEXT}>
            {format(value)}
          </text>
        </g>
      ))}
    </g>
  );
}

const TICK_ROOM = 54;

/** Words under the axis of time, as many as have room, with a mark at each. */
export function StepAxis({ frame, ticks, x }: { frame: Frame; ticks: Tick[]; x: (index: number) => number }) {
  const every = Math.ceil((ticks.length * TICK_ROOM) / (frame.right - frame.left));
  const shown = ticks.filter((_, position) => position % every === 0);
  return (
    <g>
      {shown.map(({ index, word }) => (
        <g key={index}>
          <line x1={x(index)} x2={x(index)} y1={frame.bottom} y2={frame.bottom + 4} className="stroke-chart-axis" />
          <text x={x(index)} y={frame.bottom + 18} textAnchor="middle" className={AXIS_TEXT}>
            {word}
          </text>
        </g>
      ))}
    </g>
  );
}
