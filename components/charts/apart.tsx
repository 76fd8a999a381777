import { curveLinear } from "@visx/curve";
import { LinePath } from "@visx/shape";
import { formatCount } from "#components/ui/numbers.ts";
import { AXIS_TEXT } from "./axes.tsx";
import type { Frame, ValueScale } from "./frame.ts";
import { toRuns } from "./runs.ts";
import type { Reading, Step } from "./series.ts";

/** The values told apart, for the scale. */
export const apartValues = (steps: Step[]): number[] => steps.map(({ apart }) => apart?.value ?? 0);

/** The same where a step is read. */
export const apartLines = ({ apart }: Step): Reading["lines"] =>
  apart ? [{ name: apart.name, value: formatCount(apart.value) }] : [];

/** A dotted line through the hatched zone, under a name of its own: it is not the number of the other days. */
export function Apart(props: { frame: Frame; steps: Step[]; x: (index: number) => number; y: ValueScale }) {
  const { frame, steps, x, y } = props;
  const runs = toRuns(steps.map(({ apart }) => Boolean(apart))).filter(({ isKnown: isApart }) => isApart);
  return (
    <g className="text-text-2">
      {runs.map(({ from, to }) => {
        const points = steps.slice(from, to + 1).map((step, index) => ({
          at: x(from + index),
          value: y(step.apart?.value ?? 0),
        }));
        return (
          <g key={from} data-apart>
            <LinePath
              data={points}
              x={({ at }) => at}
              y={({ value }) => value}
              curve={curveLinear}
              stroke="currentColor"
              strokeWidth={1.6}
              strokeDasharray="1.5 3.5"
              strokeLinecap="round"
            />
            <ApartName name={steps[to]?.apart?.name ?? ""} frame={frame} from={x(from)} to={x(to)} points={points} />
          </g>
        );
      })}
    </g>
  );
}

const ROOM_FOR_NAME = 220;

/** Above the line's end, where the zone is wide enough for it. */
function ApartName(props: { name: string; frame: Frame; from: number; to: number; points: { value: number }[] }) {
  const { name, frame, from, to, points } = props;
  if (to - from < ROOM_FOR_NAME) return null;
  const top = Math.min(...points.map(({ value }) => value));
  return (
    <text x={to - 6} y={Math.max(top - 8, frame.top + 34)} textAnchor="end" className={`${AXIS_TEXT} fill-text-2`}>
      {name}
    </text>
  );
}
