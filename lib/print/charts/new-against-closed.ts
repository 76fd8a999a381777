import { dayWord } from "#components/charts/days.ts";
import { toFrame, toValueScale } from "#components/charts/frame.ts";
import { toRuns } from "#components/charts/runs.ts";
import { formatChange, formatCount } from "#components/ui/numbers.ts";
import type { Picture, Shape } from "#lib/domain/paper.ts";
import type { ReportContent } from "#lib/domain/period-report.ts";
import { toAxis, toGrid, type Width, word } from "./shapes.ts";

const HEIGHT = 190;
/** More days than this are drawn by the week. */
const MOST_DAYS = 45;
const WEEK = 7;

type Step = { label: string; opened: number; closed: number; known: boolean };

/** Days, or seven of them together from the first on; the last may have fewer. */
function toSteps(series: ReportContent["series"]): Step[] {
  const size = series.length > MOST_DAYS ? WEEK : 1;
  const steps: Step[] = [];
  for (let start = 0; start < series.length; start += size) {
    const days = series.slice(start, start + size);
    steps.push({
      label: dayWord(days[0]?.day ?? ""),
      opened: days.reduce((sum, { opened }) => sum + opened, 0),
      closed: days.reduce((sum, { closed }) => sum + closed, 0),
      known: days.some(({ known }) => known),
    });
  }
  return steps;
}

/** What came above the line, what went below it, and the difference as a line with dots. */
export function drawNewAgainstClosed(series: ReportContent["series"], { width, isNarrow }: Width): Picture {
  const steps = toSteps(series);
  const frame = toFrame(
    { width, height: HEIGHT, isNarrow },
    { left: 44, right: isNarrow ? 8 : 128, top: 10, bottom: 24 },
  );
  const y = toValueScale(
    frame,
    steps.flatMap(({ opened, closed }) => [opened, -closed]),
  );
  const room = (frame.right - frame.left) / Math.max(1, steps.length);
  const x = (index: number) => frame.left + room * (index + 0.5);
  const bar = Math.max(1.5, Math.min(22, room * 0.62));
  const bars = steps.flatMap(({ opened, closed, known }, index): Shape[] => {
    const at = { kind: "rect" as const, x: x(index) - bar / 2, width: bar };
    if (!known)
      return [
        { ...at, x: x(index) - room / 2, width: room, y: frame.top, height: frame.bottom - frame.top, fill: "gap" },
      ];
    return [
      { ...at, y: y(opened), height: y(0) - y(opened), fill: "new" },
      { ...at, y: y(0), height: y(-closed) - y(0), fill: "closed" },
    ];
  });
  const nets = toRuns(steps.map(({ known }) => known))
    .filter(({ isKnown }) => isKnown)
    .map(({ from, to }) =>
      steps
        .slice(from, to + 1)
        .map(({ opened, closed }, index): [number, number] => [x(from + index), y(opened - closed)]),
    );
  const every = Math.max(1, Math.ceil(steps.length / (isNarrow ? 4 : 8)));
  const ticks = steps.map(({ label }, index) => ({ index, word: label })).filter(({ index }) => index % every === 0);
  const sum = (name: "opened" | "closed") => steps.reduce((total, step) => total + step[name], 0);
  const [opened, closed] = [sum("opened"), sum("closed")];
  const names: Shape[] = isNarrow
    ? []
    : [
        word([frame.right + 9, y(0) - 22], { text: `New +${formatCount(opened)}`, fill: "new", isStrong: true }),
        word([frame.right + 9, y(0) + 4], {
          text: `Net ${formatChange(opened - closed)}`,
          fill: "net",
          isStrong: true,
        }),
        word([frame.right + 9, y(0) + 30], { text: `Closed −${formatCount(closed)}`, fill: "closed", isStrong: true }),
      ];
  return {
    alt: `New and reopened ${formatCount(opened)}, closed ${formatCount(closed)}, net ${formatChange(opened - closed)}.`,
    width,
    height: HEIGHT,
    shapes: [
      ...toGrid(frame, y),
      ...bars,
      ...nets.map((points): Shape => ({ kind: "path", points, stroke: "net", width: 1.5 })),
      ...nets
        .flat()
        .map(([at, to]): Shape => ({ kind: "rect", x: at - 2, y: to - 2, width: 4, height: 4, fill: "net" })),
      ...toAxis(frame, x, ticks),
      ...names,
    ],
  };
}
