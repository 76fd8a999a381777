import { formatChange } from "#components/ui/numbers.ts";
import { AXIS_TEXT } from "./axes.tsx";
import type { Frame } from "./frame.ts";
import { spread } from "./spread.ts";

export type EndLabel = { key: string; name: string; fill: string; y: number; value: string; change: number };

const GAP = 19;
const NAME_LENGTH = 15;

/** Names each band where it ends, with its last value and its change since the first. */
export function EndLabels({ frame, width, labels }: { frame: Frame; width: number; labels: EndLabel[] }) {
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
            <text x={frame.right + 31} y={at + 4} className="fill-text text-[12.5px]">
              {name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name}
            </text>
            <text x={width - 44} y={at + 4} textAnchor="end" className="fill-text text-[12.5px] font-semibold">
              {value}
            </text>
            <text x={width} y={at + 4} textAnchor="end" className={AXIS_TEXT}>
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
