"use client";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { toDayTicks } from "#components/charts/days.ts";
import { LineChart } from "#components/charts/line-chart.tsx";
import type { Line } from "#components/charts/series.ts";
import { formatCount } from "#components/ui/numbers.ts";
import { definitionAddress } from "#lib/client/definition-address.ts";
import type { TrendScope, Trends } from "#lib/domain/trends.ts";
import { isBeforeFirstSync, listAddress, STILL_OPEN, toOpenSteps } from "./open-steps.ts";
import { bandsOf } from "./series-of.ts";

const URGENT = ["critical", "high"] as const;
const LINES: Line[] = [
  { key: "critical", name: "Critical", stroke: "text-sev-critical" },
  { key: "high", name: "High", stroke: "text-sev-high-text", isDashed: true },
];

/** Critical and high alone, on a scale of their own: in the stack they are too thin to read. */
export function UrgentChart({ trends, scope }: { trends: Trends; scope: TrendScope }) {
  const bands = bandsOf(trends).filter(({ key }) => LINES.some((line) => line.key === key));
  const steps = toOpenSteps(trends, bands, { ...scope, severity: [...URGENT] });
  return (
    <ChartFigure
      title="Critical and high, open"
      note="The same days on a scale of their own, from zero."
      countedHref={definitionAddress("open")}
      table={{
        head: ["Day", "Critical", "High"],
        rows: trends.days
          .map((day, index) => ({
            title: day.day,
            note: isBeforeFirstSync(day, trends) ? STILL_OPEN : steps[index]?.note,
            cells: URGENT.map((severity) => {
              const href = listAddress(day, trends, { ...scope, severity: [severity] });
              const counts = day.known ? day.open : day.stillOpen;
              return href === null ? { text: "–" } : { text: formatCount(counts[severity] ?? 0), href };
            }),
          }))
          .reverse(),
      }}
    >
      <LineChart
        name="Critical and high, open"
        lines={LINES}
        steps={steps}
        ticks={toDayTicks(trends.days.map(({ day }) => day))}
        format={formatCount}
      />
    </ChartFigure>
  );
}
