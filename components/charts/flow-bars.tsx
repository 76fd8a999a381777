"use client";
import { Bar, LinePath } from "@visx/shape";
import { formatChange, formatCount } from "#components/ui/numbers.ts";
import { AXIS_TEXT, StepAxis, ValueAxis } from "./axes.tsx";
import { Key } from "./end-labels.tsx";
import { type Frame, type PlotSize, toFrame, toValueScale, type ValueScale } from "./frame.ts";
import { Plot } from "./plot.tsx";
import { toRuns } from "./runs.ts";
import { type Reading, type Step, type Tick, valueAt } from "./series.ts";
import { spread } from "./spread.ts";
import { Stepper } from "./stepper.tsx";

/** Values per step: `up` came, `down` went. A step without values is not counted and stays grey. */
type FlowBarsProps = { name: string; names: { up: string; down: string; net: string }; steps: Step[]; ticks: Tick[] };

const HEIGHTS = { wide: 236, narrow: 216 };
const NET = "text-chart-net";
const NAME_GAP = 16;

/**
 * What came above the line, what went below it, and the difference as a line with a dot a step. Where no step is counted
 * at all, the drawing says why.
 */
export function FlowBars({ name, names, steps, ticks }: FlowBarsProps) {
  const readings = steps.map((step) => toReading(step, names));
  const layout = (size: PlotSize) => {
    const frame = toFrame(size, { left: 48, right: size.isNarrow ? 6 : 74, top: 14, bottom: 26 });
    const width = (frame.right - frame.left) / Math.max(1, steps.length);
    return { frame, width, x: (index: number) => frame.left + (index + 0.5) * width };
  };
  const key = [
    { name: names.up, swatch: "bg-chart-new" },
    { name: names.down, swatch: "bg-chart-closed" },
    { name: names.net, swatch: "bg-chart-net" },
  ];
  return (
    <Plot
      name={name}
      heights={HEIGHTS}
      over={(size) => {
        const { frame, x } = layout(size);
        return <Stepper name={name} readings={readings} frame={frame} x={x} />;
      }}
      below={<Key entries={key} />}
    >
      {(size) => {
        const { frame, width, x } = layout(size);
        const y = toValueScale(
          frame,
          steps.flatMap((step) => [valueAt(step, "up"), -valueAt(step, "down")]),
        );
        return (
          <>
            <ValueAxis frame={frame} y={y} format={(value) => (value === 0 ? "0" : formatChange(value))} />
            {steps.map((step, index) => (
              <StepBars key={step.title} step={step} left={x(index) - width / 2} width={width} frame={frame} y={y} />
            ))}
            <Net steps={steps} x={x} y={y} />
            {steps.every(({ values }) => values === null) ? (
              <text
                x={(frame.left + frame.right) / 2}
                y={(frame.top + frame.bottom) / 2}
                textAnchor="middle"
                className={`${AXIS_TEXT} fill-warn-text font-medium`}
              >
                {steps.at(-1)?.note}
              </text>
            ) : null}
            <StepAxis frame={frame} x={x} ticks={ticks} />
            {size.isNarrow ? null : <Names names={names} frame={frame} y={y} />}
          </>
        );
      }}
    </Plot>
  );
}

const netOf = (step: Step): number => valueAt(step, "up") - valueAt(step, "down");

type StepBarsProps = { step: Step; left: number; width: number; frame: Frame; y: ValueScale };

function StepBars({ step, left, width, frame, y }: StepBarsProps) {
  const place = { x: left + width * 0.17, width: width * 0.66 };
  if (step.values === null) {
    const height = frame.bottom - frame.top;
    return <Bar {...place} y={frame.top} height={height} className="fill-chart-gap/60" data-gap="step" data-fill />;
  }
  const [up, zero, down] = [y(valueAt(step, "up")), y(0), y(-valueAt(step, "down"))];
  return (
    <g>
      <Bar {...place} y={up} height={zero - up} rx={1.5} className="fill-chart-new" data-fill />
      <Bar {...place} y={zero} height={down - zero} rx={1.5} className="fill-chart-closed" data-fill />
    </g>
  );
}

/** On a ground of its own, so that it can be read on the bars; broken where a step is not counted. */
function Net({ steps, x, y }: { steps: Step[]; x: (index: number) => number; y: ValueScale }) {
  const runs = toRuns(steps.map(({ values }) => values !== null)).filter(({ isKnown }) => isKnown);
  return (
    <g className={NET}>
      {runs.map(({ from, to }) => {
        const points = steps.slice(from, to + 1).map((step, index) => ({ at: x(from + index), value: y(netOf(step)) }));
        const path = { data: points, x: point("at"), y: point("value"), strokeLinejoin: "round" as const };
        return (
          <g key={from}>
            <LinePath {...path} className="stroke-surface" strokeWidth={5} />
            <LinePath {...path} stroke="currentColor" strokeWidth={2} />
            {points.map(({ at, value }) => (
              <circle key={at} cx={at} cy={value} r="2.4" className="fill-current stroke-surface" />
            ))}
          </g>
        );
      })}
    </g>
  );
}

const point = (name: "at" | "value") => (from: Record<"at" | "value", number>) => from[name];

function Names(props: { names: FlowBarsProps["names"]; frame: Frame; y: ValueScale }) {
  const { names, frame, y } = props;
  const [down, net, up] = spread([(y(0) + frame.bottom) / 2, y(0) + 4, (frame.top + y(0)) / 2], NAME_GAP, {
    top: frame.top + 4,
    bottom: frame.bottom,
  });
  const words = [
    { word: names.up, at: up, colour: "fill-chart-new" },
    { word: names.net, at: net, colour: "fill-chart-net" },
    { word: names.down, at: down, colour: "fill-chart-closed" },
  ];
  return (
    <g>
      {words.map(({ word, at, colour }) => (
        <text key={word} x={frame.right + 9} y={at} className={`text-[12.5px] font-semibold ${colour}`}>
          {word}
        </text>
      ))}
    </g>
  );
}

function toReading(step: Step, names: FlowBarsProps["names"]): Reading {
  const { title, note, href, span, values } = step;
  if (values === null) return { title, note, href, span, lines: [] };
  return {
    title,
    note,
    href,
    span,
    lines: [
      { name: names.up, value: formatCount(valueAt(step, "up")), swatch: "bg-chart-new" },
      { name: names.down, value: formatCount(valueAt(step, "down")), swatch: "bg-chart-closed" },
      { name: names.net, value: formatChange(netOf(step)), swatch: "bg-chart-net" },
    ],
  };
}
