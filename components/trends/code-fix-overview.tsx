"use client";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { dayAndYear, dayWord, toDayTicks } from "#components/charts/days.ts";
import { LineChart } from "#components/charts/line-chart.tsx";
import type { Line, Step } from "#components/charts/series.ts";
import { formatCount } from "#components/ui/numbers.ts";
import { severityWord } from "#components/ui/severity.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { movedListAddress, openListAddress } from "#lib/client/list-address.ts";
import { asOfOfDay } from "#lib/domain/as-of-day.ts";
import type { CodeMetrics } from "#lib/domain/code-metrics.ts";
import { addDays } from "#lib/domain/day.ts";
import type { Movement } from "#lib/domain/lifecycle-event.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { CodeFigure } from "./code-figure.tsx";
import { formatDays } from "./format-days.ts";

type Fixes = CodeMetrics["fixes"];

const TITLE = "Code scans: vulnerability fix overview";
const SOURCE = { source: ["codeguru" as const] };
const LINES: Line[] = [
  { key: "open", name: "Open", stroke: "text-chart-net" },
  { key: "closed", name: "Closed", stroke: "text-chart-closed", isDashed: true },
];
const COUNTED = SEVERITIES.filter((severity) => severity !== "info");
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
        rows: days.map((day) => toRow(day, fixes)).reverse(),
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
          change={{ value: average.value ?? 0, before: average.value === null ? null : average.before }}
          since={since}
          uncompared={average.value === null ? "nothing was closed" : "nothing was closed before"}
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
        steps={days.map((day) => toStep(day, fixes))}
        ticks={toDayTicks(days.map(({ day }) => day))}
        format={formatCount}
      />
    </ChartFigure>
  );
}

type Day = Fixes["days"][number];

function toStep(day: Day, fixes: Fixes): Step {
  const { open, closed, known } = day;
  return {
    label: dayWord(day.day),
    title: dayAndYear(day.day),
    note: noteOf(day, fixes),
    values: known ? { open, closed } : null,
    href: known ? openOn(day.day, fixes) : null,
    span: { from: day.day, to: day.day },
  };
}

function toRow(day: Day, fixes: Fixes) {
  const unknown = { text: "–" };
  const cell = (count: number, href: string) => (day.known ? { text: formatCount(count), href } : unknown);
  return {
    title: day.day,
    note: noteOf(day, fixes),
    cells: [
      cell(day.open, openOn(day.day, fixes)),
      cell(day.opened, moved(["new", "reopened"], day.day, day.day)),
      cell(day.closed, moved(CLOSED, day.day, day.day)),
    ],
  };
}

/** A code scan's result stands until the next: what is not known lies before the first, or is still to come. */
function noteOf({ day, known }: Day, { asOf }: Fixes): string | null {
  if (known) return null;
  return asOf !== null && day > asOf.slice(0, 10) ? "Still to come" : "Before the first scan";
}

const openOn = (day: string, fixes: Fixes): string =>
  openListAddress(SOURCE, { severity: COUNTED, asOf: asOfOfDay(day, fixes) });

function moved(movement: Movement[], from: string, to: string): string {
  return movedListAddress(
    { ...SOURCE, severity: COUNTED },
    { movement, movedFrom: `${from}T00:00:00.000Z`, movedTo: `${addDays(to, 1)}T00:00:00.000Z` },
  );
}
