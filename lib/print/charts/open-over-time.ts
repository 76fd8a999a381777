import { dayAndYear, dayWord, toDayTicks } from "#components/charts/days.ts";
import { type Frame, toFrame, toStepScale, toValueScale, type ValueScale } from "#components/charts/frame.ts";
import { toRuns } from "#components/charts/runs.ts";
import { spread } from "#components/charts/spread.ts";
import { formatCount } from "#components/ui/numbers.ts";
import type { Picture, Shape } from "#lib/domain/paper.ts";
import type { ReportContent } from "#lib/domain/period-report.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { SEVERITY_WORDS } from "../words.ts";
import { toAxis, toGrid, type Width, word } from "./shapes.ts";

type Series = ReportContent["series"];
const HEIGHT = 210;
const ALONE = 3;
const LABEL_GAP = 15;

/** How many were open at the end of each day, in bands by severity; what nobody knows is a gap. */
export function drawOpenOverTime(series: Series, { width, isNarrow }: Width): Picture {
  const margin = { left: 44, right: isNarrow ? 8 : 128, top: 10, bottom: 24 };
  const frame = toFrame({ width, height: HEIGHT, isNarrow }, margin);
  const shown = SEVERITIES.filter((severity) => series.some(({ open }) => (open[severity] ?? 0) > 0));
  const x = toStepScale(frame, series.length);
  const y = toValueScale(frame, series.map(totalOf));
  const runs = toRuns(series.map(({ known }) => known));
  const shapes = [
    ...toGrid(frame, y),
    ...runs.flatMap(({ from, to, isKnown }) =>
      isKnown
        ? toBands(shown, { days: series.slice(from, to + 1), x: (index) => x(from + index), y })
        : toGap(frame, x(Math.max(0, from - 1)), x(Math.min(series.length - 1, to + 1))),
    ),
    ...toAxis(frame, x, toDayTicks(series.map(({ day }) => day))),
    ...(isNarrow ? [] : toLabels(shown, series, { frame, y })),
  ];
  return { alt: toAlt(series), width, height: HEIGHT, shapes };
}

const totalOf = ({ open }: Series[number]): number => SEVERITIES.reduce((sum, key) => sum + (open[key] ?? 0), 0);

type Drawn = { days: Series; x: (index: number) => number; y: ValueScale };

/** From the base up. A day alone has no width of its own: it is drawn as a thin bar. */
function toBands(shown: Severity[], { days, x, y }: Drawn): Shape[] {
  const places = days.length === 1 ? [x(0) - ALONE, x(0) + ALONE] : days.map((_, index) => x(index));
  const at = (index: number) => days[Math.min(index, days.length - 1)];
  const base = places.map(() => 0);
  return shown.map((severity): Shape => {
    const low = places.map((place, index): [number, number] => [place, y(base[index] ?? 0)]);
    const high = places.map((place, index): [number, number] => {
      base[index] = (base[index] ?? 0) + (at(index)?.open[severity] ?? 0);
      return [place, y(base[index])];
    });
    return { kind: "area", points: [...high, ...low.reverse()], fill: severity };
  });
}

function toGap(frame: Frame, from: number, to: number): Shape[] {
  const width = Math.max(ALONE * 2, to - from);
  const gap: Shape = { kind: "rect", x: from, y: frame.top, width, height: frame.bottom - frame.top, fill: "gap" };
  const isRoomy = width > 70;
  return [gap, ...(isRoomy ? [word([from + width / 2, frame.top + 16], { text: "not known", side: "middle" })] : [])];
}

function toLabels(shown: Severity[], series: Series, { frame, y }: { frame: Frame; y: ValueScale }): Shape[] {
  const last = series.findLast(({ known }) => known);
  if (!last) return [];
  let base = 0;
  const wanted = shown.map((severity) => {
    const value = last.open[severity] ?? 0;
    base += value;
    return y(base - value / 2) + 4;
  });
  const places = spread(wanted, LABEL_GAP, { top: frame.top + 4, bottom: frame.bottom });
  return shown.flatMap((severity, index): Shape[] => {
    const at = places[index] ?? frame.bottom;
    return [
      { kind: "rect", x: frame.right + 9, y: at - 8, width: 8, height: 8, fill: severity },
      word([frame.right + 22, at], { text: SEVERITY_WORDS[severity], fill: "text" }),
      word([frame.right + 128, at], {
        text: formatCount(last.open[severity] ?? 0),
        side: "end",
        fill: "text",
        isStrong: true,
      }),
    ];
  });
}

function toAlt(series: Series): string {
  const known = series.filter((day) => day.known);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return "Nothing is known of these days.";
  const unknown = series.length - known.length;
  const gap = unknown === 0 ? "" : ` ${unknown} of ${series.length} days are not known.`;
  return `Open findings by severity, from ${formatCount(totalOf(first))} on ${dayWord(first.day)} to ${formatCount(totalOf(last))} on ${dayAndYear(last.day)}.${gap}`;
}
