"use client";
import { useQuery } from "@tanstack/react-query";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { dayAndYear, dayWord, monthAndYear, monthWord } from "#components/charts/days.ts";
import { LineChart } from "#components/charts/line-chart.tsx";
import type { Line, Step } from "#components/charts/series.ts";
import { countOf, formatCount, formatPercent } from "#components/ui/numbers.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { openListAddress } from "#lib/client/list-address.ts";
import { complianceQuery } from "#lib/client/sla.ts";
import type { Compliance, CompliancePeriod, SlaStandingQuery } from "#lib/domain/sla.ts";

const TITLE = "In time, by month";
const LINES: Line[] = [{ key: "share", name: "In time", stroke: "text-chart-net" }];

/** The share of issues that were fixed in time or were open within it, over the last year. */
export function ComplianceChart({ scope }: { scope: SlaStandingQuery }) {
  const { data } = useQuery(complianceQuery(scope));
  return (
    <ChartFigure
      title={TITLE}
      note="Issues fixed by their due date, and open ones not overdue at the month's end, out of all with a due date."
      countedHref={definitionAddress("sla")}
      table={{
        head: ["Month", "In time", "Fixed in time", "Fixed late", "Open in time", "Overdue"],
        rows: (data?.periods ?? []).map((period) => toRow(period, scope)).reverse(),
      }}
    >
      {data ? <Chart compliance={data} scope={scope} /> : <Waiting />}
    </ChartFigure>
  );
}

function Waiting() {
  return (
    <div className="h-[208px]">
      <Skeleton width="100%" />
    </div>
  );
}

function Chart({ compliance, scope }: { compliance: Compliance; scope: SlaStandingQuery }) {
  const { periods } = compliance;
  if (periods.every(({ share }) => share === null)) {
    return (
      <p className="grid h-[208px] place-content-center text-center text-pretty text-text-2">
        Nothing had a due date in these months. A policy, or a date that a person sets, gives one.
      </p>
    );
  }
  return (
    <LineChart
      name={TITLE}
      lines={LINES}
      steps={periods.map((period) => toStep(period, scope))}
      ticks={periods.map(({ from }, index) => ({ index, word: monthWord(from) }))}
      format={asPercent}
      formatAxis={asPercent}
    />
  );
}

const asPercent = (percent: number): string => formatPercent(percent / 100);

const overdueList = ({ at }: CompliancePeriod, scope: SlaStandingQuery): string =>
  openListAddress(scope, { due: ["overdue"], sort: "due", asOf: at });

/** A month that is not over is told of its last day so far. */
const titleOf = ({ from, to }: CompliancePeriod): string =>
  to === from ? dayAndYear(from) : `${monthAndYear(from)}, at the end of ${dayWord(to)}`;

function toStep(period: CompliancePeriod, scope: SlaStandingQuery): Step {
  const { share, overdue, fixedLate } = period;
  return {
    label: monthWord(period.from),
    title: titleOf(period),
    values: share === null ? null : { share: share * 100 },
    note:
      share === null
        ? "Nothing had a due date"
        : `${countOf(overdue.issues, "issue")} overdue, ${fixedLate} fixed late`,
    href: share === null ? null : overdueList(period, scope),
  };
}

function toRow(period: CompliancePeriod, scope: SlaStandingQuery) {
  const { share, fixedInTime, fixedLate, openInTime, overdue, at } = period;
  return {
    title: monthAndYear(period.from),
    cells: [
      { text: share === null ? "–" : formatPercent(share) },
      { text: formatCount(fixedInTime) },
      { text: formatCount(fixedLate) },
      { text: formatCount(openInTime.findings), href: openListAddress(scope, { due: ["week", "later"], asOf: at }) },
      { text: formatCount(overdue.findings), href: overdueList(period, scope) },
    ],
  };
}
