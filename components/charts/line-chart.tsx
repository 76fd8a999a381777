"use client";
import { curveLinear } from "@visx/curve";
import { LinePath } from "@visx/shape";
import { useId } from "react";
import { Apart, ApartKey, apartLines, apartValues } from "./apart.tsx";
import { StepAxis, ValueAxis } from "./axes.tsx";
import { Key } from "./end-labels.tsx";
import { BAND_HEIGHTS, type PlotSize, toFrame, toStepScale, toValueScale, type ValueScale } from "./frame.ts";
import { Gaps } from "./gaps.tsx";
import { LineNames, roomForNames } from "./line-names.tsx";
import { type Mark, Marks, roomAbove } from "./marks.tsx";
import { Plot } from "./plot.tsx";
import { toRuns } from "./runs.ts";
import type { Line, Reading, Step, Tick } from "./series.ts";
import { Stepper } from "./stepper.tsx";

type LineChartProps = {
  name: string;
  lines: Line[];
  steps: Step[];
  ticks: Tick[];
  /** A value with its unit. */
  format: (value: number) => string;
  /** The same beside the axis; else the bare number. */
  formatAxis?: (value: number) => string;
  marks?: Mark[];
  /** As high as a chart of bands, where both can stand in one place. */
  height?: keyof typeof HEIGHTS;
};

const HEIGHTS = { usual: { wide: 208, narrow: 196 }, tall: BAND_HEIGHTS };
const DOT_RADIUS = 2.6;
// More dots than this would be a thicker line.
const MOST_DOTS = 16;

/** Values over time on a scale from zero. A line ends where its value is not known, and goes on where it is again. */
export function LineChart({
  name,
  lines,
  steps,
  ticks,
  format,
  formatAxis,
  marks = [],
  height = "usual",
}: LineChartProps) {
  const hatchId = useId();
  const runs = toRuns(steps.map(({ values }) => values !== null));
  const values = steps.flatMap((step) => lines.map(({ key }) => step.values?.[key] ?? 0));
  const readings = steps.map((step) => toReading(step, lines, format));
  const nameRoom = roomForNames(lines, steps, format);
  const layout = (size: PlotSize) => {
    const frame = toFrame(size, { left: 44, right: size.isNarrow ? 12 : nameRoom, top: roomAbove(marks), bottom: 26 });
    return { frame, x: toStepScale(frame, steps.length) };
  };
  return (
    <Plot
      name={name}
      heights={HEIGHTS[height]}
      over={(size) => <Stepper name={name} readings={readings} {...layout(size)} />}
      below={
        <>
          <Key entries={lines.map((line) => toKeyEntry(line, steps, format))} />
          <ApartKey steps={steps} />
        </>
      }
    >
      {(size) => {
        const { frame, x } = layout(size);
        const y = toValueScale(frame, [...values, ...apartValues(steps)]);
        return (
          <>
            <ValueAxis frame={frame} y={y} format={formatAxis} />
            <Gaps frame={frame} runs={runs} steps={steps} x={x} hatchId={`${hatchId}${size.width}`} />
            {lines.map((line) => (
              <Stroke key={line.key} line={line} steps={steps} x={x} y={y} />
            ))}
            <Apart steps={steps} x={x} y={y} />
            <StepAxis frame={frame} x={x} ticks={ticks} />
            <Marks marks={marks} frame={frame} x={x} top={(index) => y(mostAt(steps[index], lines))} />
            {size.isNarrow ? null : <LineNames lines={lines} steps={steps} x={x} y={y} frame={frame} format={format} />}
          </>
        );
      }}
    </Plot>
  );
}

type StrokeProps = { line: Line; steps: Step[]; x: (index: number) => number; y: ValueScale };

function Stroke({ line, steps, x, y }: StrokeProps) {
  const points = steps.map((step, index) => ({ index, value: step.values?.[line.key] ?? null }));
  const known = points.filter(({ value }) => value !== null);
  return (
    <g className={line.stroke} data-series={line.key}>
      <LinePath
        data={points}
        defined={({ value }) => value !== null}
        x={({ index }) => x(index)}
        y={({ value }) => y(value ?? 0)}
        // Straight from step to step: a smoothed line shows values that nobody counted.
        curve={curveLinear}
        stroke="currentColor"
        strokeWidth={line.isDashed ? 1.6 : 2.2}
        strokeDasharray={line.isDashed ? "5 4" : undefined}
        strokeLinejoin="round"
      />
      {(known.length <= MOST_DOTS ? known : known.slice(-1)).map(({ index, value }) => (
        <circle key={index} cx={x(index)} cy={y(value ?? 0)} r={DOT_RADIUS} className="fill-current stroke-surface" />
      ))}
    </g>
  );
}

const mostAt = (step: Step | undefined, lines: Line[]): number =>
  Math.max(0, ...lines.map(({ key }) => step?.values?.[key] ?? 0));

function toKeyEntry({ key, name, stroke, isDashed }: Line, steps: Step[], format: (value: number) => string) {
  const value = steps.findLast(({ values }) => typeof values?.[key] === "number")?.values?.[key];
  return {
    name,
    value: typeof value === "number" ? format(value) : "–",
    // A piece of the line itself.
    swatch: `${stroke} h-0! w-5! border-t-2 border-current ${isDashed ? "border-dashed" : ""}`,
  };
}

function toReading(step: Step, lines: Line[], format: (value: number) => string): Reading {
  const { title, note, noted, href, span, values } = step;
  if (values === null && step.apart) return { title, note, noted, href, span, lines: apartLines(step) };
  const read = lines.map(({ key, name }) => ({ name, value: values?.[key] ?? null }));
  return {
    title,
    note,
    noted,
    href,
    span,
    lines: read.map(({ name, value }) => ({ name, value: value === null ? "–" : format(value) })),
  };
}
