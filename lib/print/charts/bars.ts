import { monthWord } from "#components/charts/days.ts";
import { toFrame, toValueScale } from "#components/charts/frame.ts";
import { formatCount } from "#components/ui/numbers.ts";
import type { Picture, Shape } from "#lib/domain/paper.ts";
import type { ReportContent } from "#lib/domain/period-report.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { daysWord } from "../words.ts";
import { toAxis, toGrid, type Width, word } from "./shapes.ts";

const FIXES_HEIGHT = 150;

/** The median time to remediate of each month as a column, the mean as a dashed line across it. */
export function drawTimeToFix(months: ReportContent["fixes"]["months"], { width, isNarrow }: Width): Picture {
  const frame = toFrame({ width, height: FIXES_HEIGHT, isNarrow }, { left: 44, right: 8, top: 18, bottom: 24 });
  const y = toValueScale(
    frame,
    months.flatMap(({ fixes }) => (fixes ? [fixes.medianDays, fixes.meanDays] : [])),
  );
  const room = (frame.right - frame.left) / Math.max(1, months.length);
  const x = (index: number) => frame.left + room * (index + 0.5);
  const bar = Math.min(46, room * 0.5);
  const shapes = months.flatMap(({ fixes }, index): Shape[] => {
    if (!fixes) return [word([x(index), y(0) - 6], { text: "–", side: "middle" })];
    const { medianDays, meanDays } = fixes;
    const left = x(index) - bar / 2;
    return [
      { kind: "rect", x: left, y: y(medianDays), width: bar, height: y(0) - y(medianDays), fill: "closed" },
      {
        kind: "line",
        from: [left - 5, y(meanDays)],
        to: [left + bar + 5, y(meanDays)],
        stroke: "net",
        width: 1.5,
        dash: 4,
      },
      word([x(index), Math.min(y(medianDays), y(meanDays)) - 5], {
        text: daysWord(medianDays),
        side: "middle",
        fill: "text",
        isStrong: true,
      }),
    ];
  });
  return {
    alt: `Median time to remediate: ${months.map(({ month, fixes }) => `${monthWord(month)} ${fixes ? daysWord(fixes.medianDays) : "nothing fixed"}`).join(", ")}.`,
    width,
    height: FIXES_HEIGHT,
    shapes: [
      ...toGrid(frame, y),
      ...shapes,
      ...toAxis(
        frame,
        x,
        months.map(({ month }, index) => ({ index, word: monthWord(month) })),
      ),
    ],
  };
}

const ROW = 24;
const BAR = 14;

/** How old what is open is: a row an age, in bands by severity. */
export function drawAges(ages: ReportContent["ages"], { width }: Width): Picture {
  const [left, right] = [92, width - 58];
  const most = Math.max(1, ...ages.map(({ findings }) => findings));
  const scale = (right - left) / most;
  const shapes = ages.flatMap((age, index): Shape[] => {
    const top = index * ROW;
    let at = left;
    const bands = SEVERITIES.flatMap((severity): Shape[] => {
      const wide = (age.bySeverity[severity] ?? 0) * scale;
      at += wide;
      return wide === 0
        ? []
        : [{ kind: "rect", x: at - wide, y: top + 4, width: Math.max(0.75, wide - 0.75), height: BAR, fill: severity }];
    });
    return [
      word([0, top + 15], { text: ageWord(age), fill: "text" }),
      ...bands,
      word([width, top + 15], { text: formatCount(age.findings), side: "end", fill: "text", isStrong: true }),
    ];
  });
  return {
    alt: `Open findings by age: ${ages.map((age) => `${ageWord(age)} ${formatCount(age.findings)}`).join(", ")}.`,
    width,
    height: ages.length * ROW + 4,
    shapes,
  };
}

export const ageWord = ({ fromDays, toDays }: { fromDays: number; toDays: number | null }): string =>
  toDays === null ? `over ${fromDays - 1} days` : `${fromDays}–${toDays} days`;
