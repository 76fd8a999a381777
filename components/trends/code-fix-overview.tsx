"use client";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { dayAndYear, dayWord, toDayTicks } from "#components/charts/days.ts";
import { LineChart } from "#components/charts/line-chart.tsx";
import type { Line, Step } from "#components/charts/series.ts";
import { formatCount } from "#components/ui/numbers.ts";
import { severityWord } from "#components/ui/severity.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { movedListAddress, openListAddress } from "#lib/client/list-address.ts";
import type { CodeMetrics } from "#lib/domain/code-metrics.ts";
import { addDays } from "#lib/domain/day.ts";
import type { Movement } from "#lib/domain/lifecycle-event.ts";
import { severitySchema } from "#lib/domain/severity.ts";
import { CodeFigure } from "./code-figure.tsx";
import { formatDays } from "./format-days.ts";

type Fixes = CodeMetrics["fixes"];

const TITLE = "Code scans: vulnerability fix overview";
const SOURCE = { source: ["codeguru" as const] };
const LINES: Line[] = [
  { key: "open", name: "Open", stroke: "text-chart-net" },
  { key: "closed", name: "Closed", stroke: "text-chart-closed", isDashed: true },
];
const COUNTED = severitySchema.exclude(["info"]).options;
const CLOSED: Movement[] = ["fixed", "resource-gone", "not-reported"];

/** What was closed in code in these days, how long that took, and what came meanwhile. */
export function CodeFixOverview({ fixes }: { fixes: Fixes }) {
  const { closed, opened, averageDaysToClose: average, averageDaysBySeverity, days } = fixes;
  const since = "against as many days before";
  return (
    <ChartFigure
      title={TITLE}
      note={`${dayAndYear(fixes.from)} to ${dayAndYear(fixes.to)}. Open at the end of each UTC day, and closed on it.`}
      countedHref={definitionAddress("code-fixes")}
      table={{
        head: ["Day", "Open", "New", "Closed"],
        rows: days
          .map(({ day, open, opened: came, closed: went }) => ({
            title: day,
            cells: [
              { text: formatCount(open), href: openOn(day) },
              { text: formatCount(came), href: moved(["new", "reopened"], day, day) },
              { text: formatCount(went), href: moved(CLOSED, day, day) },
            ],
          }))
          .reverse(),
      }}
    >
      <dl className="mb-3 grid grid-cols-2 gap-x-8 gap-y-3 md:grid-cols-4">
        <CodeFigure
          name="Closed"
          value={formatCount(closed.value)}
          change={closed}
          since={since}
          isMoreBetter
          href={moved(CLOSED, fixes.from, fixes.to)}
        />
        <CodeFigure
          name="New"
          value={formatCount(opened.value)}
          change={opened}
          since={since}
          href={moved(["new", "reopened"], fixes.from, fixes.to)}
        />
        <CodeFigure
          name="Average time to close"
          value={average.value === null ? "–" : formatDays(average.value)}
          change={{ value: average.value ?? 0, before: average.before ?? average.value ?? 0 }}
          since={since}
        />
        <div>
          <dt className="text-text-2">Average by severity</dt>
          <dd className="text-12">
            {COUNTED.filter((severity) => averageDaysBySeverity[severity] !== undefined).map((severity) => (
              <span key={severity} className="mr-3 inline-block">
                {severityWord(severity)}{" "}
                <b className="font-semibold">{formatDays(averageDaysBySeverity[severity] ?? 0)}</b>
              </span>
            ))}
            {Object.keys(averageDaysBySeverity).length === 0 ? "Nothing was closed" : null}
          </dd>
        </div>
      </dl>
      <LineChart
        name={TITLE}
        lines={LINES}
        steps={days.map(toStep)}
        ticks={toDayTicks(days.map(({ day }) => day))}
        format={formatCount}
      />
    </ChartFigure>
  );
}

function toStep({ day, open, closed }: Fixes["days"][number]): Step {
  return { label: dayWord(day), title: dayAndYear(day), values: { open, closed }, href: openOn(day) };
}

const openOn = (day: string): string => openListAddress(SOURCE, { severity: COUNTED, asOf: day });

function moved(movement: Movement[], from: string, to: string): string {
  return movedListAddress(
    { ...SOURCE, severity: COUNTED },
    { movement, movedFrom: `${from}T00:00:00.000Z`, movedTo: `${addDays(to, 1)}T00:00:00.000Z` },
  );
}
