import { scaleLinear } from "@visx/scale";
import { toScaleStart } from "#components/charts/frame.ts";
import { formatChange, formatCount } from "#components/ui/numbers.ts";
import type { Paint, Picture, Shape } from "#lib/domain/paper.ts";
import { type Width, word } from "./shapes.ts";

/** A `total` is what the number stands at, a change moves it. */
export type MoveRow = { label: string; value: number; isTotal: boolean };

const ROW = 24;
const BAR = 13;

/** How one number became the other, row by row: each change begins where the one before it ended. */
export function drawWhyItMoved(rows: MoveRow[], { width, isNarrow }: Width): Picture {
  const totals = toTotals(rows);
  const start = toScaleStart(totals);
  const [left, right] = isNarrow ? [138, width - 58] : [190, width - 70];
  const x = scaleLinear<number>({ domain: [start, Math.max(...totals, start + 1)], range: [left, right] });
  const height = rows.length * ROW + (start > 0 ? 22 : 6);
  const shapes = rows.flatMap(({ label, value, isTotal }, index): Shape[] => {
    const after = totals[index] ?? 0;
    const [from, to] = isTotal ? [start, after] : [after - value, after];
    const [low, high] = [x(Math.min(from, to)), x(Math.max(from, to))];
    const top = index * ROW;
    const fill = toFill(value, isTotal);
    return [
      word([0, top + 16], { text: label, fill: "text", isStrong: isTotal }),
      { kind: "rect", x: low, y: top + 5, width: Math.max(value === 0 ? 0 : 1.5, high - low), height: BAR, fill },
      ...(isTotal && start > 0 ? toTear(low + 9, top + 4) : []),
      ...(index === rows.length - 1
        ? []
        : [
            {
              kind: "line" as const,
              from: [x(after), top + 5] as [number, number],
              to: [x(after), top + ROW + 5 + BAR] as [number, number],
              stroke: "axis" as const,
              width: 0.75,
            },
          ]),
      word([width, top + 16], {
        text: isTotal ? formatCount(value) : formatChange(value),
        side: "end",
        fill: "text",
        isStrong: true,
      }),
    ];
  });
  if (start > 0) shapes.push(word([0, height - 4], { text: `Torn bars begin at ${formatCount(start)}, not at zero.` }));
  return { alt: toAlt(rows), width, height, shapes };
}

function toFill(value: number, isTotal: boolean): Paint {
  if (isTotal) return "net";
  return value < 0 ? "closed" : "new";
}

/** What the number stands at after each row. */
function toTotals(rows: MoveRow[]): number[] {
  let at = 0;
  return rows.map(({ isTotal, value }) => {
    at = isTotal ? value : at + value;
    return at;
  });
}

/** A gap across a bar that is longer than it is drawn. */
const toTear = (x: number, top: number): Shape[] => [
  {
    kind: "path",
    points: [
      [x + 3, top],
      [x, top + 7.5],
      [x + 3, top + 7.5],
      [x, top + 15],
    ],
    stroke: "surface",
    width: 3,
  },
];

const toAlt = (rows: MoveRow[]): string =>
  `${rows.map(({ label, value, isTotal }) => `${label} ${isTotal ? formatCount(value) : formatChange(value)}`).join(", ")}.`;
