"use client";
import { useQuery } from "@tanstack/react-query";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { monthAndYear, monthWord } from "#components/charts/days.ts";
import { LineChart } from "#components/charts/line-chart.tsx";
import type { Line, Step } from "#components/charts/series.ts";
import { countOf, formatCount } from "#components/ui/numbers.ts";
import { severityWord } from "#components/ui/severity.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { fixedListAddress } from "#lib/client/list-address.ts";
import { remediationQuery } from "#lib/client/trends.ts";
import { firstOfNextMonth, monthSpan } from "#lib/domain/day.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { Remediation, TrendScope, TrendsQuery } from "#lib/domain/trends.ts";
import { ChartPlaceholder } from "./chart-placeholder.tsx";
import { formatDays } from "./format-days.ts";
import { SeverityMenu, severityOrAll } from "./severity-menu.tsx";

const LINES: Line[] = [
  { key: "mean", name: "Mean", stroke: "text-chart-net", isDashed: true },
  { key: "median", name: "Median", stroke: "text-chart-net" },
];
const TITLE = "Time to fix, by month";

type Month = Remediation["months"][number];
/** The address of what the issues have that were fixed in a month. */
type ListOf = (month: string, narrowed?: Partial<TrendScope>) => string;
type RemediationChartProps = {
  query: TrendsQuery;
  /** Whose times are drawn; null = of all together. */
  severity: Severity | null;
  onSeverity: (severity: Severity | null) => void;
};

/** How long fixing took: real fixes alone, by the clock of the issue, in the month of the fix. */
export function RemediationChart({ query, severity, onSeverity }: RemediationChartProps) {
  const { by: _, ...scope } = query;
  const { data, error } = useQuery(remediationQuery(scope));
  const months = data?.months ?? [];
  const listOf: ListOf = (month, narrowed) =>
    fixedListAddress(
      { ...scope, ...narrowed },
      { issueFixedFrom: month, issueFixedTo: firstOfNextMonth(month), asOf: data?.asOf ?? undefined },
    );
  return (
    <ChartFigure
      title={TITLE}
      note={`${severityOrAll(severity)}: days from first seen to fixed, by month of the fix.`}
      actions={<SeverityMenu label="Time to fix of" value={severity} onChange={onSeverity} />}
      countedHref={definitionAddress("time-to-fix")}
      table={{
        head: ["Month", "Fixes", "Findings", "Mean", "Median", "Nine in ten", ...SEVERITIES.map(severityWord)],
        rows: months.map((month) => toRow(month, listOf, data?.firstSyncAt ?? null)).reverse(),
      }}
    >
      {data ? (
        <LineChart
          name={TITLE}
          lines={LINES}
          steps={months.map((month) => toStep(month, { severity, listOf, firstSyncAt: data.firstSyncAt }))}
          ticks={months.map(({ month }, index) => ({ index, word: monthWord(month) }))}
          format={formatDays}
        />
      ) : (
        <ChartPlaceholder height={208} error={error} />
      )}
    </ChartFigure>
  );
}

type Drawn = { severity: Severity | null; listOf: ListOf; firstSyncAt: string | null };

function toStep(month: Month, { severity, listOf, firstSyncAt }: Drawn): Step {
  const figure = severity ? (month.bySeverity[severity] ?? null) : month.all;
  return {
    label: monthWord(month.month),
    title: monthAndYear(month.month),
    note: figure
      ? `${countOf(figure.fixed, "fix", "fixes")} of ${countOf(figure.findings, "finding")}`
      : whyNone(month, firstSyncAt),
    values: figure && { mean: figure.meanDays, median: figure.medianDays },
    href: figure && listOf(month.month, severity ? { severity: [severity] } : {}),
    span: monthSpan(month.month),
  };
}

const isBefore = ({ month }: Month, firstSyncAt: string | null): boolean =>
  firstSyncAt === null || firstOfNextMonth(month) <= firstSyncAt.slice(0, 10);

const whyNone = (month: Month, firstSyncAt: string | null): string =>
  isBefore(month, firstSyncAt) ? "Before the first sync" : "Nothing fixed";

function toRow(month: Month, listOf: ListOf, firstSyncAt: string | null) {
  const { all, bySeverity } = month;
  const unknown = { text: "–" };
  const title = monthAndYear(month.month);
  if (all === null && isBefore(month, firstSyncAt))
    return {
      title,
      note: whyNone(month, firstSyncAt),
      cells: ["", "", "", "", "", ...SEVERITIES].map(() => unknown),
    };
  const median = (severity: Severity) => {
    const figure = bySeverity[severity];
    return figure
      ? { text: formatDays(figure.medianDays), href: listOf(month.month, { severity: [severity] }) }
      : unknown;
  };
  return {
    title,
    cells: [
      { text: formatCount(all?.fixed ?? 0) },
      { text: formatCount(all?.findings ?? 0), href: listOf(month.month) },
      all ? { text: formatDays(all.meanDays), href: listOf(month.month) } : unknown,
      all ? { text: formatDays(all.medianDays), href: listOf(month.month) } : unknown,
      all ? { text: formatDays(all.p90Days), href: listOf(month.month) } : unknown,
      ...SEVERITIES.map(median),
    ],
  };
}
