"use client";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { FlowBars } from "#components/charts/flow-bars.tsx";
import { formatChange, formatCount } from "#components/ui/numbers.ts";
import { definitionAddress } from "#lib/client/definition-address.ts";
import type { TrendScope, Trends } from "#lib/domain/trends.ts";
import { closedListAddress, newListAddress, toWeekSteps, toWeeks, toWeekTicks } from "./to-weeks.ts";

const TITLE = "New against closed, per week";

/** What came and what went in each week, and what is left between. */
export function FlowChart({ trends, scope }: { trends: Trends; scope: TrendScope }) {
  const weeks = toWeeks(trends);
  return (
    <ChartFigure
      title={TITLE}
      note="Above the line: new and reopened. Below: closed, whatever the reason. Grey weeks are not whole and not counted."
      countedHref={definitionAddress("new-and-closed")}
      table={{
        head: ["Week of", "New", "Closed", "Net"],
        rows: weeks
          .map(({ monday, opened, closed, note }) => ({
            title: monday,
            note,
            cells: [
              { text: formatCount(opened), href: newListAddress(monday, scope) },
              { text: formatCount(closed), href: closedListAddress(monday, scope) },
              { text: formatChange(opened - closed) },
            ],
          }))
          .reverse(),
      }}
    >
      <FlowBars
        name={TITLE}
        names={{ up: "New", down: "Closed", net: "Net" }}
        steps={toWeekSteps(weeks, scope)}
        ticks={toWeekTicks(weeks)}
      />
    </ChartFigure>
  );
}
