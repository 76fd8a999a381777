"use client";
import { AreaStack } from "@visx/shape";
import { useId } from "react";
import { formatCount } from "#components/ui/numbers.ts";
import { Apart, ApartKey, apartLines, apartValues } from "./apart.tsx";
import { StepAxis, ValueAxis } from "./axes.tsx";
import { type EndLabel, EndLabels, Key, roomForEndLabels } from "./end-labels.tsx";
import { BAND_HEIGHTS, type PlotSize, toFrame, toStepScale, toValueScale, type ValueScale } from "./frame.ts";
import { Gaps } from "./gaps.tsx";
import { type Mark, Marks, roomAbove } from "./marks.tsx";
import { Plot } from "./plot.tsx";
import { type Run, toRuns } from "./runs.ts";
import { type Reading, type Series, type Step, sumOf, type Tick, valueAt } from "./series.ts";
import { Stepper } from "./stepper.tsx";

type StackedAreaProps = {
  name: string;
  /** From the base up: what matters most lies at the base, where change can be read. */
  series: Series[];
  steps: Step[];
  ticks: Tick[];
  marks?: Mark[];
};

const ALONE_WIDTH = 6;

/** How much there was on each day, in bands. Days without data are a hatched gap. */
export function StackedArea({ name, series, steps, ticks, marks = [] }: StackedAreaProps) {
  const hatchId = useId();
  const labels = toEndLabels(series, steps);
  const runs = toRuns(steps.map(({ values }) => values !== null));
  const layout = (size: PlotSize) => {
    const frame = toFrame(size, {
      left: 44,
      right: size.isNarrow ? 8 : roomForEndLabels(labels),
      top: roomAbove(marks),
      bottom: 26,
    });
    return { frame, x: toStepScale(frame, steps.length) };
  };
  return (
    <Plot
      name={name}
      heights={BAND_HEIGHTS}
      below={
        <>
          <Key
            entries={series.map(({ name: word, swatch, key }) => ({
              name: word,
              swatch,
              value: lastValue(steps, key),
            }))}
          />
          <ApartKey steps={steps} />
        </>
      }
      over={(size) => <Stepper name={name} readings={toReadings(series, steps)} {...layout(size)} />}
    >
      {(size) => {
        const { frame, x } = layout(size);
        const y = toValueScale(frame, [...steps.map((step) => sumOf(step, series)), ...apartValues(steps)]);
        return (
          <>
            <ValueAxis frame={frame} y={y} />
            <Gaps frame={frame} runs={runs} steps={steps} x={x} hatchId={`${hatchId}${size.width}`} />
            {runs.map((run) =>
              run.isKnown ? <Bands key={run.from} run={run} series={series} steps={steps} x={x} y={y} /> : null,
            )}
            <Apart steps={steps} x={x} y={y} />
            <StepAxis frame={frame} x={x} ticks={ticks} />
            <Marks marks={marks} frame={frame} x={x} top={(index) => y(topOf(steps[index], series))} />
            {size.isNarrow ? null : <EndLabels frame={frame} labels={atTheirBands(labels, y)} />}
          </>
        );
      }}
    </Plot>
  );
}

type BandsProps = {
  run: Run;
  series: Series[];
  steps: Step[];
  x: (index: number) => number;
  y: ValueScale;
};

function Bands({ run, series, steps, x, y }: BandsProps) {
  const points = toPoints(steps.slice(run.from, run.to + 1), (index) => x(run.from + index));
  return (
    <AreaStack
      data={points}
      keys={series.map(({ key }) => key)}
      value={({ step }, key) => valueAt(step, key)}
      x={({ data }) => data.at}
      y0={([low]) => y(low)}
      y1={([, high]) => y(high)}
    >
      {({ stacks, path }) =>
        stacks.map((stack) => (
          <path
            key={stack.key}
            d={path(stack) ?? ""}
            data-series={stack.key}
            data-fill
            strokeLinejoin="round"
            className={`stroke-surface stroke-1 print:stroke-2 ${series.find(({ key }) => key === stack.key)?.fill}`}
          />
        ))
      }
    </AreaStack>
  );
}

/** A day alone has no width of its own: it is drawn as a thin bar. */
function toPoints(known: Step[], x: (index: number) => number): { step: Step; at: number }[] {
  const points = known.map((step, index) => ({ step, at: x(index) }));
  if (points.length > 1) return points;
  return points.flatMap(({ step, at }) => [
    { step, at: at - ALONE_WIDTH / 2 },
    { step, at: at + ALONE_WIDTH / 2 },
  ]);
}

const lastKnown = (steps: Step[]): Step | undefined => steps.findLast(({ values }) => values !== null);
const lastValue = (steps: Step[], key: string): string => {
  const last = lastKnown(steps);
  return last ? formatCount(valueAt(last, key)) : "–";
};
const topOf = (step: Step | undefined, series: Series[]): number => (step ? sumOf(step, series) : 0);

function toEndLabels(series: Series[], steps: Step[]): EndLabel[] {
  const last = lastKnown(steps);
  const first = steps.find(({ values }) => values !== null);
  if (!last || !first) return [];
  return series.map(({ key, name, fill }) => {
    const value = valueAt(last, key);
    return { key, name, fill, value, change: value - valueAt(first, key) };
  });
}

function atTheirBands(labels: EndLabel[], y: ValueScale) {
  let base = 0;
  return labels.map((label) => {
    const middle = y(base + label.value / 2);
    base += label.value;
    return { ...label, y: middle };
  });
}

function toReadings(series: Series[], steps: Step[]): Reading[] {
  return steps.map((step) => ({
    title: step.title,
    note: step.note,
    noted: step.noted,
    href: step.href,
    span: step.span,
    lines:
      step.values === null
        ? apartLines(step)
        : [
            ...series.map(({ key, name, swatch }) => ({ name, swatch, value: formatCount(valueAt(step, key)) })),
            { name: "All", value: formatCount(sumOf(step, series)) },
          ],
  }));
}
