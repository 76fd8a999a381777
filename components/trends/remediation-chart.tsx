"use client";
import { useQuery } from "@tanstack/react-query";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { monthAndYear, monthWord } from "#components/charts/days.ts";
import { LineChart } from "#components/charts/line-chart.tsx";
import type { Line, Step } from "#components/charts/series.ts";
import { formatCount } from "#components/ui/numbers.ts";
import { severityWord } from "#components/ui/severity.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { movedListAddress } from "#lib/client/list-address.ts";
import { remediationQuery } from "#lib/client/trends.ts";
import { type Severity, severitySchema } from "#lib/domain/severity.ts";
import type { Remediation, TrendScope, TrendsQuery } from "#lib/domain/trends.ts";
import { formatDays } from "./format-days.ts";

const LINES: Line[] = [
  { key: "mean", name: "Mean", stroke: "text-chart-net", isDashed: true },
  { key: "median", name: "Median", stroke: "text-chart-net" },
];
const WORDS = { gap: "Nothing fixed", before: "Nothing fixed" };
const TITLE = "Time to fix, by month";

type Month = Remediation["months"][number];

/** How long fixing took: real fixes alone, by the clock of the issue, in the month of the fix. */
export function RemediationChart({ query }: { query: TrendsQuery }) {
  const { by: _, ...scope } = query;
  const { data } = useQuery(remediationQuery(scope));
  const months = data?.months ?? [];
  return (
    <ChartFigure
      title={TITLE}
      note="Days from first seen to fixed, by month of the fix."
      countedHref={definitionAddress("time-to-fix")}
      table={{
        head: ["Month", "Issues", "Mean", "Median", ...severitySchema.options.map(severityWord)],
        rows: months.map((month) => toRow(month, scope)).reverse(),
      }}
    >
      {data ? (
        <LineChart
          name={TITLE}
          lines={LINES}
          steps={months.map((month) => toStep(month, scope))}
          ticks={months.map(({ month }, index) => ({ index, word: monthWord(month) }))}
          format={formatDays}
          words={WORDS}
        />
      ) : (
        <div className="h-[208px]">
          <Skeleton width="100%" />
        </div>
      )}
    </ChartFigure>
  );
}

function toStep({ month, all }: Month, scope: TrendScope): Step {
  return {
    label: monthWord(month),
    title: monthAndYear(month),
    note: all ? `${formatCount(all.fixed)} issues fixed` : "Nothing fixed",
    values: all && { mean: all.meanDays, median: all.medianDays },
    href: all && fixedIn(month, scope),
  };
}

function toRow({ month, all, bySeverity }: Month, scope: TrendScope) {
  const median = (severity: Severity) => {
    const figure = bySeverity[severity];
    return { text: figure ? formatDays(figure.medianDays) : "–" };
  };
  return {
    title: monthAndYear(month),
    cells: [
      { text: formatCount(all?.fixed ?? 0), href: fixedIn(month, scope) },
      { text: all ? formatDays(all.meanDays) : "–" },
      { text: all ? formatDays(all.medianDays) : "–" },
      ...severitySchema.options.map(median),
    ],
  };
}

/** The findings that were fixed in a month; what was fixed of an issue in part is among them. */
function fixedIn(month: string, { severity, source, type, accountId }: TrendScope): string {
  const next = new Date(`${month}T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  const movedFrom = `${month}T00:00:00.000Z`;
  return movedListAddress(
    { severity, source, type, accountId },
    { movement: ["fixed"], movedFrom, movedTo: next.toISOString() },
  );
}
