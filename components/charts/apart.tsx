import { curveLinear } from "@visx/curve";
import { LinePath } from "@visx/shape";
import { formatCount } from "#components/ui/numbers.ts";
import type { ValueScale } from "./frame.ts";
import { toRuns } from "./runs.ts";
import type { Reading, Step } from "./series.ts";

/** The values told apart, for the scale. */
export const apartValues = (steps: Step[]): number[] => steps.map(({ apart }) => apart?.value ?? 0);

/** The same where a step is read. */
export const apartLines = ({ apart }: Step): Reading["lines"] =>
  apart ? [{ name: apart.name, value: formatCount(apart.value) }] : [];

/** A dotted line through the hatched zone: it is not the number of the other days. */
export function Apart({ steps, x, y }: { steps: Step[]; x: (index: number) => number; y: ValueScale }) {
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
          </g>
        );
      })}
    </g>
  );
}

/** What the dotted line is, below the chart: the zone is often too narrow for its name. */
export function ApartKey({ steps }: { steps: Step[] }) {
  const name = steps.find(({ apart }) => apart)?.apart?.name;
  if (name === undefined) return null;
  return (
    <p className="mt-2 flex items-center gap-1.5 text-12 text-text-2">
      <span data-fill aria-hidden="true" className="w-4 border-t-2 border-dotted border-current" />
      {name}
    </p>
  );
}
