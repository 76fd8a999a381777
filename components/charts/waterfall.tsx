"use client";
import { scaleLinear } from "@visx/scale";
import { Bar } from "@visx/shape";
import NextLink from "next/link";
import { formatChange, formatCount } from "#components/ui/numbers.ts";
import { AXIS_TEXT } from "./axes.tsx";
import { type PlotSize, toScaleStart } from "./frame.ts";
import { Plot } from "./plot.tsx";

/** What a row does to the number: a `total` is what it stands at, a `change` moves it. */
export type WaterfallRow = {
  key: string;
  kind: "total" | "change";
  label: string;
  /** Null: nobody knows, which is not zero. Only what is first can be unknown. */
  value: number | null;
  /** What there is to know beside the number, for ears and on hover. */
  note?: string | null;
  href: string | null;
};

const ROW_HEIGHT = 30;
const BAR_HEIGHT = 16;
const BAR_TOP = (ROW_HEIGHT - BAR_HEIGHT) / 2;
const MARGIN = { top: 2, bottom: 4 };
const FILLS = { total: "fill-chart-net", up: "fill-chart-new", down: "fill-chart-closed" };

/**
 * How one number became another, row by row: each change begins where the one before it ended. Each row is a link to what
 * it counts. The scale need not begin at zero; where it does not, the totals are drawn torn.
 */
export function Waterfall({ name, rows }: { name: string; rows: WaterfallRow[] }) {
  const height = MARGIN.top + rows.length * ROW_HEIGHT + MARGIN.bottom;
  const totals = toTotals(rows);
  const start = toScaleStart(totals);
  const places = toPlaces(rows, start);
  return (
    <Plot
      name={name}
      heights={{ wide: height, narrow: height }}
      below={
        start > 0 ? (
          <p className="mt-1 text-12 text-text-3">Torn bars begin at {formatCount(start)}, not at zero.</p>
        ) : null
      }
      over={(size) => rows.map((row, index) => <RowLink key={row.key} row={row} index={index} width={size.width} />)}
    >
      {(size) => {
        const range = toRange(size);
        const x = scaleLinear<number>({ domain: [start, Math.max(...totals, start + 1)], range });
        return rows.map((row, index) => (
          <g key={row.key} transform={`translate(0 ${MARGIN.top + index * ROW_HEIGHT})`}>
            {row.value === null ? (
              <text x={range[0]} y={ROW_HEIGHT / 2 + 4} className={`${AXIS_TEXT} fill-warn-text font-medium`}>
                Not known
              </text>
            ) : (
              <RowBar row={row} place={places[index] ?? NOWHERE} x={x} />
            )}
            {index === rows.length - 1 ? null : <Connection at={x(places[index]?.to ?? 0)} />}
            {row.kind === "total" && row.value !== null && start > 0 ? <Tear x={x(start) + 10} /> : null}
            <text x="0" y={ROW_HEIGHT / 2 + 4} className={textOf(row)}>
              {row.label}
            </text>
            <text x={size.width} y={ROW_HEIGHT / 2 + 4} textAnchor="end" className={`${textOf(row)} font-semibold`}>
              {wordOf(row)}
            </text>
          </g>
        ));
      }}
    </Plot>
  );
}

type Place = { from: number; to: number };
const NOWHERE: Place = { from: 0, to: 0 };

/** From where to where each row reaches: a total from the beginning of the scale. */
function toPlaces(rows: WaterfallRow[], start: number): Place[] {
  return toTotals(rows).map((to, index) => {
    const row = rows[index];
    return { from: row?.kind === "change" ? to - (row.value ?? 0) : start, to };
  });
}

/** What the number stands at after each row. */
function toTotals(rows: WaterfallRow[]): number[] {
  let at = 0;
  return rows.map(({ kind, value }) => {
    at = kind === "total" ? (value ?? 0) : at + (value ?? 0);
    return at;
  });
}

/** Names at the left and numbers at the right of the bars. */
const toRange = ({ width, isNarrow }: PlotSize) => (isNarrow ? [158, width - 62] : [236, width - 84]);

const textOf = ({ kind }: WaterfallRow): string =>
  kind === "total" ? "fill-text text-[12.5px] font-semibold" : "fill-text text-[12.5px]";

function wordOf({ kind, value }: WaterfallRow): string {
  if (value === null) return "–";
  return kind === "total" ? formatCount(value) : formatChange(value);
}

type RowBarProps = { row: WaterfallRow; place: Place; x: (value: number) => number };

function RowBar({ row, place: { from, to }, x }: RowBarProps) {
  const [start, end] = [x(Math.min(from, to)), x(Math.max(from, to))];
  const colour = (row.value ?? 0) < 0 ? FILLS.down : FILLS.up;
  return (
    <Bar
      x={start}
      y={BAR_TOP}
      // A change of one among thousands is seen too.
      width={Math.max(row.value === 0 ? 0 : 2, end - start)}
      height={BAR_HEIGHT}
      rx={1.5}
      className={row.kind === "total" ? FILLS.total : colour}
      data-fill
    />
  );
}

/** From where a row ends to where the next one begins. */
function Connection({ at }: { at: number }) {
  return <line x1={at} x2={at} y1={BAR_TOP} y2={BAR_TOP + ROW_HEIGHT + BAR_HEIGHT} className="stroke-chart-axis" />;
}

/** A gap across a bar that is longer than it is drawn. */
function Tear({ x }: { x: number }) {
  const [above, below] = [BAR_TOP - 1, BAR_TOP + BAR_HEIGHT + 1];
  const half = (above + below) / 2;
  return (
    <path
      d={`M${x + 3} ${above}L${x} ${half}L${x + 3} ${half}L${x} ${below}`}
      className="fill-none stroke-surface"
      strokeWidth="3"
      data-cut
    />
  );
}

/** Over the whole row, so that a finger finds it. */
function RowLink({ row, index, width }: { row: WaterfallRow; index: number; width: number }) {
  if (row.href === null) return null;
  const says = [`${row.label}: ${wordOf(row)}`, row.note].filter(Boolean).join(", ");
  return (
    <NextLink
      href={row.href}
      prefetch={false}
      aria-label={says}
      title={row.note ?? undefined}
      className="absolute left-0 rounded-sm hover:bg-text/5 print:hidden"
      style={{ top: MARGIN.top + index * ROW_HEIGHT, height: ROW_HEIGHT, width }}
    />
  );
}
