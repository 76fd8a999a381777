"use client";
import { curveLinear } from "@visx/curve";
import { AreaClosed, LinePath } from "@visx/shape";
import { useId } from "react";
import { formatCount } from "#components/ui/numbers.ts";
import { AXIS_TEXT, StepAxis, ValueAxis } from "./axes.tsx";
import { toDayTicks } from "./days.ts";
import { Key } from "./end-labels.tsx";
import { type Frame, type PlotSize, toFrame, toStepScale, toValueScale, type ValueScale } from "./frame.ts";
import { Gaps } from "./gaps.tsx";
import { Plot } from "./plot.tsx";
import { toRuns } from "./runs.ts";
import type { Reading, Step } from "./series.ts";
import { spread } from "./spread.ts";
import { Stepper } from "./stepper.tsx";

/** What is expected at a day to come, so many days after the last one that is known. */
export type Expected = { title: string; daysAhead: number; low: number; likely: number; high: number };

type ForecastChartProps = {
  name: string;
  /** Every day from the first to the last, shown and to come, for the words below. */
  days: string[];
  past: Step[];
  toValue: (step: Step) => number;
  expected: Expected[];
};

const HEIGHTS = { wide: 236, narrow: 216 };
const NAME_GAP = 16;
const NAMES = { high: "At worst", likely: "Likely", low: "At best" } as const;
const LINE = "text-chart-net";

/** What was known as a line, what is to come as the range that it lies in: dotted, since nobody has counted it. */
export function ForecastChart({ name, days, past, toValue, expected }: ForecastChartProps) {
  const hatchId = useId();
  const runs = toRuns(past.map(({ values }) => values !== null));
  const readings = [...past.map((step) => toPastReading(step, toValue)), ...expected.map(toReading)];
  const offsets = [...past.keys(), ...expected.map(({ daysAhead }) => past.length - 1 + daysAhead)];
  const layout = (size: PlotSize) => {
    const frame = toFrame(size, { left: 48, right: size.isNarrow ? 12 : 116, top: 28, bottom: 26 });
    const xOfDay = toStepScale(frame, days.length);
    return { frame, xOfDay, x: (index: number) => xOfDay(offsets[index] ?? 0) };
  };
  const last = expected.at(-1);
  return (
    <Plot
      name={name}
      heights={HEIGHTS}
      over={(size) => {
        const { frame, x } = layout(size);
        return <Stepper name={name} readings={readings} frame={frame} x={x} />;
      }}
      below={last ? <Key entries={toKey(last)} /> : null}
    >
      {(size) => {
        const { frame, xOfDay } = layout(size);
        const y = toValueScale(frame, [
          ...past.map((step) => (step.values === null ? 0 : toValue(step))),
          ...expected.map(({ high }) => high),
        ]);
        const parts = { frame, y, x: xOfDay, past, toValue, expected };
        return (
          <>
            <ValueAxis frame={frame} y={y} />
            <Gaps frame={frame} runs={runs} steps={past} x={xOfDay} hatchId={`${hatchId}${size.width}`} />
            <ToCome {...parts} />
            <PastLine {...parts} />
            <StepAxis frame={frame} x={xOfDay} ticks={toDayTicks(days)} />
            {size.isNarrow || !last ? null : <Names last={last} frame={frame} y={y} />}
          </>
        );
      }}
    </Plot>
  );
}

type Parts = Pick<ForecastChartProps, "past" | "toValue" | "expected"> & {
  frame: Frame;
  y: ValueScale;
  x: (day: number) => number;
};

function PastLine({ past, toValue, x, y }: Parts) {
  return (
    <g className={LINE} data-series="past">
      <LinePath
        data={past.map((step, index) => ({ step, index }))}
        defined={({ step }) => step.values !== null}
        x={({ index }) => x(index)}
        y={({ step }) => y(toValue(step))}
        curve={curveLinear}
        stroke="currentColor"
        strokeWidth={2.2}
        strokeLinejoin="round"
      />
    </g>
  );
}

/** From the last known day on: the range as an area, its middle dotted. */
function ToCome({ past, toValue, expected, frame, x, y }: Parts) {
  const now = past.at(-1);
  if (!now || now.values === null || expected.length === 0) return null;
  const today = past.length - 1;
  const open = toValue(now);
  const points = [{ daysAhead: 0, low: open, likely: open, high: open }, ...expected];
  const at = ({ daysAhead }: { daysAhead: number }) => x(today + daysAhead);
  return (
    <g className={LINE} data-series="expected">
      <AreaClosed
        data={points}
        x={at}
        y0={({ low }) => y(low)}
        y1={({ high }) => y(high)}
        yScale={y}
        curve={curveLinear}
        className="fill-current opacity-15"
        data-fill
      />
      {(["low", "high"] as const).map((edge) => (
        <LinePath
          key={edge}
          data={points}
          x={at}
          y={(point) => y(point[edge])}
          stroke="currentColor"
          strokeWidth={1}
          strokeOpacity={0.7}
        />
      ))}
      <LinePath
        data={points}
        x={at}
        y={({ likely }) => y(likely)}
        stroke="currentColor"
        strokeWidth={2}
        strokeDasharray="1.5 4"
        strokeLinecap="round"
      />
      <line x1={x(today)} x2={x(today)} y1={frame.top} y2={frame.bottom} className="stroke-chart-axis" />
      <text x={x(today)} y={frame.top - 8} textAnchor="middle" className={`${AXIS_TEXT} fill-text-2`}>
        {now.label}
      </text>
    </g>
  );
}

function Names({ last, frame, y }: { last: Expected; frame: Frame; y: ValueScale }) {
  const keys = ["low", "likely", "high"] as const;
  const places = spread(
    keys.map((key) => y(last[key])),
    NAME_GAP,
    { top: frame.top, bottom: frame.bottom - 2 },
  );
  return (
    <g className={LINE}>
      {keys.map((key, index) => (
        <text
          key={key}
          x={frame.right + 8}
          y={(places[index] ?? y(last[key])) + 4}
          className={`fill-current text-[12.5px] ${key === "likely" ? "font-semibold" : ""}`}
        >
          {NAMES[key]} {formatCount(last[key])}
        </text>
      ))}
    </g>
  );
}

const toKey = (last: Expected) =>
  (["high", "likely", "low"] as const).map((key) => ({
    name: NAMES[key],
    value: formatCount(last[key]),
    swatch: key === "likely" ? `${LINE} h-0! w-4! border-t-2 border-dotted border-current` : "bg-chart-net/30",
  }));

function toPastReading(step: Step, toValue: (step: Step) => number): Reading {
  const { title, note, href, values } = step;
  return { title, note, href, lines: values === null ? [] : [{ name: "Open", value: formatCount(toValue(step)) }] };
}

function toReading({ title, low, likely, high }: Expected): Reading {
  const lines = [
    { name: NAMES.high, value: formatCount(high) },
    { name: NAMES.likely, value: formatCount(likely) },
    { name: NAMES.low, value: formatCount(low) },
  ];
  return { title, note: "Expected, not counted", lines, href: null };
}
