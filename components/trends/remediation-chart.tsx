"use client";
import { useQuery } from "@tanstack/react-query";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { monthAndYear, monthWord } from "#components/charts/days.ts";
import { LineChart } from "#components/charts/line-chart.tsx";
import type { Line, Step } from "#components/charts/series.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuChoices } from "#components/ui/menu.tsx";
import { countOf, formatCount } from "#components/ui/numbers.ts";
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
const TITLE = "Time to fix, by month";
const ALL = "all";
const CHOICES = [
  { value: ALL, label: "All severities" } as const,
  ...severitySchema.options.map((value) => ({ value, label: severityWord(value) })),
];

type Month = Remediation["months"][number];
type RemediationChartProps = {
  query: TrendsQuery;
  /** Whose times are drawn; null = of all together. */
  severity: Severity | null;
  onSeverity: (severity: Severity | null) => void;
};

/** How long fixing took: real fixes alone, by the clock of the issue, in the month of the fix. */
export function RemediationChart({ query, severity, onSeverity }: RemediationChartProps) {
  const { by: _, ...scope } = query;
  const { data } = useQuery(remediationQuery(scope));
  const months = data?.months ?? [];
  return (
    <ChartFigure
      title={TITLE}
      note={`${severity ? severityWord(severity) : "All severities"}: days from first seen to fixed, by month of the fix.`}
      actions={
        <Menu
          trigger={
            <Button size="small">
              {severity ? severityWord(severity) : "All severities"}
              <Icon name="down" className="text-text-3" />
            </Button>
          }
        >
          <MenuChoices
            label="Time to fix of"
            choices={CHOICES}
            value={severity ?? ALL}
            onChange={(value) => onSeverity(value === ALL ? null : value)}
          />
        </Menu>
      }
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
          steps={months.map((month) => toStep(month, severity, scope))}
          ticks={months.map(({ month }, index) => ({ index, word: monthWord(month) }))}
          format={formatDays}
        />
      ) : (
        <div className="h-[208px]">
          <Skeleton width="100%" />
        </div>
      )}
    </ChartFigure>
  );
}

function toStep(month: Month, severity: Severity | null, scope: TrendScope): Step {
  const figure = severity ? (month.bySeverity[severity] ?? null) : month.all;
  return {
    label: monthWord(month.month),
    title: monthAndYear(month.month),
    note: figure ? `${countOf(figure.fixed, "issue")} fixed` : "Nothing fixed",
    values: figure && { mean: figure.meanDays, median: figure.medianDays },
    href: figure && fixedIn(month.month, severity ? { ...scope, severity: [severity] } : scope),
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
