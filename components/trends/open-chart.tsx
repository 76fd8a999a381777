"use client";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { toDayTicks } from "#components/charts/days.ts";
import { LineChart } from "#components/charts/line-chart.tsx";
import { PickDays } from "#components/charts/pick-days.tsx";
import { StackedArea } from "#components/charts/stacked-area.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import type { Annotation } from "#lib/domain/annotation.ts";
import { TREND_KEYS } from "#lib/domain/trend-keys.ts";
import type { TrendKey, TrendScope, Trends } from "#lib/domain/trends.ts";
import { AnnotationsList } from "./annotations-list.tsx";
import { GapsNote } from "./gaps-note.tsx";
import { isBeforeFirstSync, listAddress, type Narrowed, STILL_OPEN, toOpenSteps } from "./open-steps.ts";
import { type Band, bandsOf, sumOfAll, sumOfKeys, toLines } from "./series-of.ts";
import { allMarks, noteSteps, toPlaces } from "./to-marks.ts";
import type { OpenShape } from "./trends-address.ts";

const BY_WORDS: Record<TrendKey, string> = {
  severity: "Severity",
  source: "Source",
  accountId: "Account",
  team: "Team",
  resourceType: "Resource type",
};
const BY_OPTIONS = TREND_KEYS.map((value) => ({ value, label: BY_WORDS[value] }));
const SHAPES: { value: OpenShape; label: string }[] = [
  { value: "bands", label: "Stacked" },
  { value: "lines", label: "Lines" },
];

const NOTES: Record<OpenShape, string> = {
  bands: "At the end of each UTC day.",
  lines: "At the end of each UTC day. Of many, the five with the most; the table has the others.",
};

type OpenChartProps = {
  trends: Trends;
  annotations: Annotation[];
  scope: TrendScope;
  by: TrendKey;
  onBy: (by: TrendKey) => void;
  shape: OpenShape;
  onShape: (shape: OpenShape) => void;
  /** Whether the person may note what happened on a day. */
  canNote: boolean;
};

/** How many were open at the end of each day, in bands or lines of the kind that a person chooses, and what happened meanwhile. */
export function OpenChart({ trends, annotations, scope, by, onBy, shape, onShape, canNote }: OpenChartProps) {
  const bands = bandsOf(trends);
  const title = `Open findings by ${BY_WORDS[trends.by].toLowerCase()}`;
  const drawn = {
    name: title,
    steps: noteSteps(toOpenSteps(trends, bands, scope), trends, annotations),
    ticks: toDayTicks(trends.days.map(({ day }) => day)),
    marks: allMarks(trends, annotations),
  };
  return (
    <ChartFigure
      title={title}
      note={
        <>
          {NOTES[shape]}
          {shape === "bands" ? (
            <span className="max-md:hidden"> Change since the first day shown at the right.</span>
          ) : null}
          <span className="pointer-coarse:hidden print:hidden"> Drag over days to zoom.</span>
        </>
      }
      countedHref={definitionAddress(trends.by === "resourceType" ? "resource-type" : "open")}
      actions={
        <>
          <Segmented label="Drawn as" options={SHAPES} value={shape} onChange={onShape} />
          <Segmented label="Bands by" options={BY_OPTIONS} value={by} onChange={onBy} />
        </>
      }
      table={{ head: ["Day", ...bands.map(({ name }) => name), "All"], rows: toRows(trends, bands, scope) }}
    >
      <PickDays />
      {shape === "bands" ? (
        <StackedArea {...drawn} series={bands} />
      ) : (
        <LineChart {...drawn} lines={toLines(bands)} format={formatCount} height="tall" />
      )}
      <GapsNote gaps={trends.gaps} />
      <AnnotationsList annotations={annotations} places={toPlaces(trends)} day={trends.to} canNote={canNote} />
    </ChartFigure>
  );
}

function toRows(trends: Trends, bands: Band[], scope: TrendScope) {
  const steps = toOpenSteps(trends, bands, scope);
  return trends.days
    .map((day, index) => {
      const counts = day.known ? day.open : day.stillOpen;
      const cell = (count: number, narrowed: Narrowed) => {
        const href = listAddress(day, trends, { ...scope, ...narrowed });
        return href === null ? { text: "–" } : { text: formatCount(count), href };
      };
      return {
        title: day.day,
        note: isBeforeFirstSync(day, trends) ? STILL_OPEN : steps[index]?.note,
        cells: [
          ...bands.map(({ keys }) => cell(sumOfKeys(counts, keys), { [trends.by]: keys })),
          cell(sumOfAll(counts), {}),
        ],
      };
    })
    .reverse();
}
