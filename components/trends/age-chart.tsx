"use client";
import { useQuery } from "@tanstack/react-query";
import { BarList } from "#components/charts/bar-list.tsx";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { dayAndYear } from "#components/charts/days.ts";
import { formatCount } from "#components/ui/numbers.ts";
import { severityWord } from "#components/ui/severity.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { openListAddress } from "#lib/client/list-address.ts";
import { openAgeQuery } from "#lib/client/trends.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { OpenAge, OpenAgeQuery, TrendScope } from "#lib/domain/trends.ts";
import { ChartPlaceholder } from "./chart-placeholder.tsx";

const TITLE = "Age of what is open";
const LEFT: Severity[] = ["critical", "high"];
const RIGHT: Severity[] = ["medium", "low"];
const SIDES = {
  left: { name: "Critical and high", swatch: "bg-sev-high" },
  right: { name: "Medium and low", swatch: "bg-sev-low" },
};

type Bucket = OpenAge["buckets"][number];

/** How old open findings are, or were at the end of a day that is over, by the clocks of their issues, the worse ones at the left. */
export function AgeChart({ query }: { query: OpenAgeQuery }) {
  const { asOf: past, ...scope } = query;
  const { data, error } = useQuery(openAgeQuery(query));
  return (
    <ChartFigure
      title={past ? `Age of what was open on ${dayAndYear(past)}` : TITLE}
      note="Open findings by days since their issue was first seen. Untriaged and info are left out."
      countedHref={definitionAddress("age")}
      table={
        data && {
          head: ["Age", ...SEVERITIES.map(severityWord), "All"],
          rows: data.buckets.map((bucket) => toTableRow(bucket, data.asOf, scope)),
        }
      }
    >
      {data ? (
        <BarList name={TITLE} sides={SIDES} rows={data.buckets.map((bucket) => toRow(bucket, data.asOf, scope))} />
      ) : (
        <ChartPlaceholder height={208} error={error} />
      )}
    </ChartFigure>
  );
}

function listOf({ openedFrom, openedTo }: Bucket, asOf: string | null, scope: TrendScope): string {
  return openListAddress(scope, {
    issueOpenedFrom: openedFrom ?? undefined,
    issueOpenedTo: openedTo ?? undefined,
    asOf: asOf ?? undefined,
  });
}

/** Every severity, those too that the drawing leaves out. */
function toTableRow(bucket: Bucket, asOf: string | null, scope: TrendScope) {
  return {
    title: toLabel(bucket),
    cells: [
      ...SEVERITIES.map((severity) => ({
        text: formatCount(bucket.bySeverity[severity] ?? 0),
        href: listOf(bucket, asOf, { ...scope, severity: [severity] }),
      })),
      { text: formatCount(bucket.findings), href: listOf(bucket, asOf, scope) },
    ],
  };
}

function toRow(bucket: Bucket, asOf: string | null, scope: TrendScope) {
  const amount = (severities: Severity[]) => ({
    value: severities.reduce((sum, severity) => sum + (bucket.bySeverity[severity] ?? 0), 0),
    href: listOf(bucket, asOf, { ...scope, severity: severities }),
  });
  return { label: toLabel(bucket), left: amount(LEFT), right: amount(RIGHT) };
}

function toLabel({ fromDays, toDays }: Bucket): string {
  if (toDays === null) return fromDays === 366 ? "over 1 year" : `over ${fromDays - 1} d`;
  return `${fromDays} to ${toDays} d`;
}
