"use client";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { toDayTicks } from "#components/charts/days.ts";
import { StackedArea } from "#components/charts/stacked-area.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import type { TrendKey, TrendScope, Trends } from "#lib/domain/trends.ts";
import { GapsNote } from "./gaps-note.tsx";
import { isBeforeFirstSync, listAddress, STILL_OPEN, toOpenSteps } from "./open-steps.ts";
import { type Band, bandsOf, sumOfAll, sumOfKeys } from "./series-of.ts";
import { toMarks } from "./to-marks.ts";

const BY_WORDS: Record<TrendKey, string> = {
  severity: "severity",
  source: "source",
  accountId: "account",
  team: "team",
};
const OPTIONS = [
  { value: "severity" as const, label: "Severity" },
  { value: "source" as const, label: "Source" },
  { value: "accountId" as const, label: "Account" },
  { value: "team" as const, label: "Team" },
];

type OpenChartProps = { trends: Trends; scope: TrendScope; by: TrendKey; onBy: (by: TrendKey) => void };

/** How many were open at the end of each day, in bands by severity, source, account or team. */
export function OpenChart({ trends, scope, by, onBy }: OpenChartProps) {
  const bands = bandsOf(trends);
  const title = `Open findings by ${BY_WORDS[trends.by]}`;
  return (
    <ChartFigure
      title={title}
      note="At the end of each UTC day. Change since the first day shown at the right."
      countedHref={definitionAddress("open")}
      actions={<Segmented label="Bands by" options={OPTIONS} value={by} onChange={onBy} />}
      table={{ head: ["Day", ...bands.map(({ name }) => name), "All"], rows: toRows(trends, bands, scope) }}
    >
      <StackedArea
        name={title}
        series={bands}
        steps={toOpenSteps(trends, bands, scope)}
        ticks={toDayTicks(trends.days.map(({ day }) => day))}
        marks={toMarks(trends)}
      />
      <GapsNote gaps={trends.gaps} />
    </ChartFigure>
  );
}

function toRows(trends: Trends, bands: Band[], scope: TrendScope) {
  const steps = toOpenSteps(trends, bands, scope);
  return trends.days
    .map((day, index) => {
      const counts = day.known ? day.open : day.stillOpen;
      const cell = (count: number, narrowed: Partial<TrendScope>) => {
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
