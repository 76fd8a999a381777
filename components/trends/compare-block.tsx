"use client";
import { useQuery } from "@tanstack/react-query";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { toDayTicks } from "#components/charts/days.ts";
import { LineChart } from "#components/charts/line-chart.tsx";
import type { Line } from "#components/charts/series.ts";
import { Button } from "#components/ui/button.tsx";
import { ErrorNotice } from "#components/ui/notice.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { freshnessQuery } from "#lib/client/freshness.ts";
import { teamsQuery } from "#lib/client/teams.ts";
import { movementsQuery, trendsQuery } from "#lib/client/trends.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import type { TrendsQuery } from "#lib/domain/trends.ts";
import { ChartPlaceholder } from "./chart-placeholder.tsx";
import { type ComparedSide, nameSides, toComparedSteps, toComparedTable } from "./compare-rows.ts";
import { CompareTable } from "./compare-table.tsx";
import { type Comparison, scopeOf, toComparedQueries } from "./comparison.ts";
import { toMovementsQuery } from "./waterfall-rows.ts";

const TITLE = "Compared";

type CompareBlockProps = { query: TrendsQuery; comparison: Comparison; onEnd: () => void };

/** Two periods laid on each other, or two parts of everything in the same days: what was open, and why it differs. */
export function CompareBlock({ query, comparison, onEnd }: CompareBlockProps) {
  const [asked, other] = toComparedQueries(query, comparison);
  const names = nameSides(comparison, [asked, other], useNames());
  const [a, b] = [useSide(asked, names[0]), useSide(other, names[1])];
  const error = a.error ?? b.error;
  const sides = a.side && b.side && { a: a.side, b: b.side };
  const lines: Line[] = [
    { key: "a", name: names[0].short, stroke: "text-chart-1" },
    { key: "b", name: names[1].short, stroke: "text-chart-2", isDashed: true },
  ];
  return (
    <ChartFigure
      title={TITLE}
      note={`${names[0].whole}, solid; ${names[1].whole}, dashed. Open at the end of each UTC day.`}
      countedHref={definitionAddress("open")}
      actions={
        <Button size="small" onClick={onEnd}>
          End the comparison
        </Button>
      }
      table={sides ? toComparedTable(sides.a, sides.b) : undefined}
    >
      {error ? (
        <ErrorNotice title="The comparison did not load" text={`${error.message} Nothing was changed.`} />
      ) : null}
      {sides ? (
        <>
          <LineChart
            name={`${TITLE}: ${names[0].whole} and ${names[1].whole}`}
            lines={lines}
            steps={toComparedSteps(sides.a, sides.b)}
            ticks={toDayTicks(sides.a.trends.days.map(({ day }) => day))}
            format={formatCount}
          />
          <CompareTable {...sides} />
        </>
      ) : null}
      {sides || error ? null : <ChartPlaceholder height={620} />}
    </ChartFigure>
  );
}

/** One side's numbers; null until both of its answers are there. */
function useSide(query: TrendsQuery, name: ComparedSide["name"]): { side: ComparedSide | null; error: Error | null } {
  const trends = useQuery(trendsQuery(query));
  const movements = useQuery(movementsQuery(toMovementsQuery(query, null)));
  const error = trends.error ?? movements.error;
  if (!trends.data || !movements.data || error) return { side: null, error };
  return {
    side: { name, scope: scopeOf(query), trends: trends.data, movements: movements.data },
    error,
  };
}

/** What accounts and teams are called. */
function useNames(): (value: string) => string {
  const { data: freshness } = useQuery(freshnessQuery());
  const { data: teams } = useQuery(teamsQuery());
  const names = new Map([
    ...(freshness?.scopes ?? []).map(({ accountId, accountName }) => [accountId, accountName ?? accountId] as const),
    ...(teams?.items ?? []).map(({ id, name }) => [id, name] as const),
    [NO_TEAM, "No team"] as const,
  ]);
  return (value) => names.get(value) ?? value;
}
