"use client";
import { useQuery } from "@tanstack/react-query";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { dayAndYear } from "#components/charts/days.ts";
import { Waterfall } from "#components/charts/waterfall.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { movementsQuery, trendsQuery } from "#lib/client/trends.ts";
import type { Movements, MovementsQuery } from "#lib/domain/movements.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { TrendsQuery } from "#lib/domain/trends.ts";
import { ChartPlaceholder } from "./chart-placeholder.tsx";
import { SeverityMenu, severityOrAll } from "./severity-menu.tsx";
import { isBeforeAll, toMovementsQuery, toWaterfallRows, toWaterfallTable } from "./waterfall-rows.ts";

const TITLE = "Why it moved";

type WaterfallChartProps = {
  query: TrendsQuery;
  /** Whose movements are drawn; null = of all together. */
  severity: Severity | null;
  onSeverity: (severity: Severity | null) => void;
};

/** Why the number of open findings is another one at the end of these days than before them. */
export function WaterfallChart({ query, severity, onSeverity }: WaterfallChartProps) {
  const asked = toMovementsQuery(query, severity);
  const { data: moved, error } = useQuery(movementsQuery(asked));
  const { data: trends } = useQuery(trendsQuery({ ...query, by: "severity" }));
  // What is chosen may have been read for the first time later than everything.
  const data = moved && { ...moved, firstSyncAt: trends?.firstSyncAt ?? moved.firstSyncAt };
  return (
    <ChartFigure
      title={TITLE}
      note={`${severityOrAll(severity)}: what was open before these days, what came and went, and what is open at their end.`}
      actions={<SeverityMenu label="Why it moved, of" value={severity} onChange={onSeverity} />}
      countedHref={definitionAddress("why-it-moved")}
      table={data && !isBeforeAll(data) ? toWaterfallTable(data, asked) : undefined}
    >
      {data ? <Moved movements={data} asked={asked} /> : <ChartPlaceholder height={246} error={error} />}
    </ChartFigure>
  );
}

function Moved({ movements, asked }: { movements: Movements; asked: MovementsQuery }) {
  const { firstSyncAt } = movements;
  const firstDay = firstSyncAt && dayAndYear(firstSyncAt.slice(0, 10));
  if (isBeforeAll(movements)) {
    return (
      <p className="pb-2 text-text-2">
        Nothing is known of these days: {firstDay ? `the first sync was on ${firstDay}. ` : "there was no sync yet. "}
        {firstDay ? "Choose days up to a later one to see what moved since." : ""}
      </p>
    );
  }
  const rows = toWaterfallRows(movements, asked);
  return (
    <>
      <Waterfall name={TITLE} rows={rows} />
      {rows[0]?.value === null ? (
        <p className="mt-1 text-12 text-text-3">
          Of the time before the first sync on {firstDay} nothing is known.
          {rows.some(({ key }) => key === "scope-added")
            ? " What was found by the first sync of a place was there before it: scope added."
            : ""}
        </p>
      ) : null}
    </>
  );
}
