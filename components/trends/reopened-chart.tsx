"use client";
import { useQuery } from "@tanstack/react-query";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { monthAndYear, monthWord } from "#components/charts/days.ts";
import { LineChart } from "#components/charts/line-chart.tsx";
import type { Line, Step } from "#components/charts/series.ts";
import { formatCount, formatPercent } from "#components/ui/numbers.ts";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { movedListAddress } from "#lib/client/list-address.ts";
import { reopenedQuery } from "#lib/client/trends.ts";
import { firstOfNextMonth, monthSpan } from "#lib/domain/day.ts";
import type { MoveReason } from "#lib/domain/lifecycle-event.ts";
import type { ReopenedRate } from "#lib/domain/reopened.ts";
import type { TrendScope, TrendsQuery } from "#lib/domain/trends.ts";
import { ChartPlaceholder } from "./chart-placeholder.tsx";
import { scopeOf } from "./comparison.ts";

const TITLE = "Reopened rate, by month";
const LINES: Line[] = [{ key: "share", name: "Reopened", stroke: "text-chart-new" }];
const CLOSED: MoveReason[] = ["fixed", "resource-gone", "not-reported"];

const asPercent = (percent: number): string => formatPercent(percent / 100);

type Month = ReopenedRate["months"][number];

/** How much of what closed came back. */
export function ReopenedChart({ query }: { query: TrendsQuery }) {
  const { by: _, ...asked } = query;
  const { data, error } = useQuery(reopenedQuery(asked));
  const scope = scopeOf(query);
  return (
    <ChartFigure
      title={TITLE}
      note="Of a hundred findings that closed, so many came back. Whole months."
      countedHref={definitionAddress("reopened-rate")}
      table={data && { head: ["Month", "Reopened", "Closed", "Share"], rows: toRows(data, scope) }}
    >
      {data ? (
        <LineChart
          name={TITLE}
          lines={LINES}
          steps={data.months.map((month) => toStep(month, data, scope))}
          ticks={data.months.map(({ month }, index) => ({ index, word: monthWord(month) }))}
          format={asPercent}
          formatAxis={asPercent}
        />
      ) : (
        <ChartPlaceholder height={208} error={error} />
      )}
    </ChartFigure>
  );
}

const listOf = (month: string, scope: TrendScope, moved: MoveReason[]): string =>
  movedListAddress(scope, { moved, movedFrom: month, movedTo: firstOfNextMonth(month) });

function toStep({ month, reopened, closed, share }: Month, { firstSyncAt }: ReopenedRate, scope: TrendScope): Step {
  return {
    label: monthWord(month),
    title: monthAndYear(month),
    note:
      share === null
        ? whyNone(month, firstSyncAt)
        : `${formatCount(reopened)} came back, ${formatCount(closed)} closed`,
    values: share === null ? null : { share: share * 100 },
    href: reopened > 0 ? listOf(month, scope, ["reopened"]) : null,
    span: monthSpan(month),
  };
}

const whyNone = (month: string, firstSyncAt: string | null): string =>
  firstSyncAt === null || firstOfNextMonth(month) <= firstSyncAt.slice(0, 10)
    ? "Before the first sync"
    : "Nothing closed";

function toRows({ months }: ReopenedRate, scope: TrendScope) {
  return months
    .map(({ month, reopened, closed, share }) => ({
      title: monthAndYear(month),
      cells: [
        { text: formatCount(reopened), href: reopened > 0 ? listOf(month, scope, ["reopened"]) : null },
        { text: formatCount(closed), href: closed > 0 ? listOf(month, scope, CLOSED) : null },
        { text: share === null ? "–" : formatPercent(share) },
      ],
    }))
    .reverse();
}
