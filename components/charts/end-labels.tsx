import { formatChange, formatCount } from "#components/ui/numbers.ts";
import { AXIS_TEXT } from "./axes.tsx";
import type { Frame } from "./frame.ts";
import { spread } from "./spread.ts";

export type EndLabel = { key: string; name: string; fill: string; value: number; change: number };

const GAP = 19;
const NAME_LENGTH = 22;
const NAME_AT = 31;
const LETTER = 6.6;
const BOLD_LETTER = 7.4;
const BETWEEN = 12;

const shortName = (name: string): string => (name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name);
const widest = (words: string[], letter: number): number => Math.max(0, ...words.map(({ length }) => length)) * letter;

/** Where the columns of the labels end, beside the drawing: names, values, and all of them. */
function toColumns(labels: EndLabel[]) {
  const names = widest(
    labels.map(({ name }) => shortName(name)),
    LETTER,
  );
  const values = widest(
    labels.map(({ value }) => formatCount(value)),
    BOLD_LETTER,
  );
  const changes = widest(
    labels.map(({ change }) => formatChange(change)),
    LETTER,
  );
  const valueEnd = NAME_AT + names + BETWEEN + values;
  return { valueEnd, changeEnd: valueEnd + BETWEEN + changes };
}

/** How much they take beside the drawing. */
export const roomForEndLabels = (labels: EndLabel[]): number => toColumns(labels).changeEnd;

type EndLabelsProps = {
  frame: Frame;
  /** With the middle of its band, in pixels. */
  labels: (EndLabel & { y: number })[];
};

/** Names each band where it ends, with its last value and its change since the first. */
export function EndLabels({ frame, labels }: EndLabelsProps) {
  const columns = toColumns(labels);
  const places = spread(
    labels.map(({ y }) => y),
    GAP,
    { top: frame.top, bottom: frame.bottom - 4 },
  );
  return (
    <g>
      {labels.map(({ key, name, fill, y, value, change }, position) => {
        const at = places[position] ?? y;
        return (
          <g key={key}>
            <path d={`M${frame.right + 3} ${y}L${frame.right + 12} ${at}`} fill="none" className="stroke-chart-axis" />
            <rect x={frame.right + 16} y={at - 5} width="10" height="10" rx="2" className={fill} data-fill />
            <text x={frame.right + NAME_AT} y={at + 4} className="fill-text text-[12.5px]">
              {shortName(name)}
            </text>
            <text
              x={frame.right + columns.valueEnd}
              y={at + 4}
              textAnchor="end"
              className="fill-text text-[12.5px] font-semibold"
            >
              {formatCount(value)}
            </text>
            <text x={frame.right + columns.changeEnd} y={at + 4} textAnchor="end" className={AXIS_TEXT}>
              {formatChange(change)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** The names below a narrow chart, which has no room beside its end. */
export function Key({ entries }: { entries: { name: string; swatch: string; value?: string }[] }) {
  return (
    <ul className="mt-2 hidden flex-wrap gap-x-3.5 gap-y-1 text-12 @max-[479px]:flex">
      {entries.map(({ name, swatch, value }) => (
        <li key={name} className="flex items-center gap-1.5">
          <span data-fill aria-hidden="true" className={`size-2.5 rounded-[2px] ${swatch}`} />
          {name}
          {value === undefined ? null : <b className="font-semibold">{value}</b>}
        </li>
      ))}
    </ul>
  );
}
