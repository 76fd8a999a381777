"use client";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { dayAndYear, dayWord, toDayTicks } from "#components/charts/days.ts";
import { LineChart } from "#components/charts/line-chart.tsx";
import type { Line, Step } from "#components/charts/series.ts";
import type { Span } from "#components/charts/zoom.ts";
import { formatCount } from "#components/ui/numbers.ts";
import { severityWord } from "#components/ui/severity.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { movedListAddress, openListAddress } from "#lib/client/list-address.ts";
import { asOfOfDay } from "#lib/domain/as-of-day.ts";
import type { CodeMetrics } from "#lib/domain/code-metrics.ts";
import { addDays } from "#lib/domain/day.ts";
import type { Movement } from "#lib/domain/lifecycle-event.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { CodeFigure } from "./code-figure.tsx";
import { formatDays } from "./format-days.ts";
import { SeverityMenu, severityOrAll } from "./severity-menu.tsx";

type Fixes = CodeMetrics["fixes"];

const TITLE = "Code scans: vulnerability fix overview";
const SOURCE = { source: ["codeguru" as const] };
const LINES: Line[] = [
  { key: "open", name: "Open", stroke: "text-chart-net" },
  { key: "closed", name: "Closed", stroke: "text-chart-closed", isDashed: true },
];
const COUNTED = SEVERITIES.filter((severity) => severity !== "info");
const OPENED: Movement[] = ["new", "reopened"];
const CLOSED: Movement[] = ["fixed", "resource-gone", "not-reported"];

type CodeFixOverviewProps = {
  fixes: Fixes;
  /** Whose fixes they are; null = of all that count. */
  severity: Severity | null;
  onSeverity: (severity: Severity | null) => void;
};
type Told = { fixes: Fixes; severities: readonly Severity[] };

/** What was closed in code in these days, how long that took, and what came meanwhile. */
export function CodeFixOverview({ fixes, severity, onSeverity }: CodeFixOverviewProps) {
  const { closed, opened, averageDaysToClose: average, averageDaysBySeverity, days } = fixes;
  const since = "against as many days before";
  const told = { fixes, severities: severity ? [severity] : COUNTED };
  return (
    <ChartFigure
      title={TITLE}
      note={`${severityOrAll(severity)}, ${dayAndYear(fixes.from)} to ${dayAndYear(fixes.to)}. Open at the end of each UTC day, and closed on it.`}
      countedHref={definitionAddress("code-fixes")}
      actions={<SeverityMenu label="Fixes of" value={severity} onChange={onSeverity} severities={COUNTED} />}
      table={{
        head: ["Day", "Open", "New", "Closed"],
        rows: days.map((day) => toRow(day, told)).reverse(),
      }}
    >
      <dl className="mb-3 grid grid-cols-2 gap-x-8 gap-y-3 md:grid-cols-4">
        <CodeFigure
          name="Closed"
          value={formatCount(closed.value)}
          change={closed}
          since={since}
          isMoreBetter
          href={movedIn(told, CLOSED, fixes)}
        />
        <CodeFigure
          name="New"
          value={formatCount(opened.value)}
          change={opened}
          since={since}
          href={movedIn(told, OPENED, fixes)}
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
        steps={days.map((day) => toStep(day, told))}
        ticks={toDayTicks(days.map(({ day }) => day))}
        format={formatCount}
      />
    </ChartFigure>
  );
}

type Day = Fixes["days"][number];

function toStep(day: Day, told: Told): Step {
  const { open, closed, known } = day;
  return {
    label: dayWord(day.day),
    title: dayAndYear(day.day),
    note: noteOf(day, told.fixes),
    values: known ? { open, closed } : null,
    href: known ? openOn(day.day, told) : null,
    span: { from: day.day, to: day.day },
  };
}

function toRow(day: Day, told: Told) {
  const unknown = { text: "–" };
  const cell = (count: number, href: string) => (day.known ? { text: formatCount(count), href } : unknown);
  const span = { from: day.day, to: day.day };
  return {
    title: day.day,
    note: noteOf(day, told.fixes),
    cells: [
      cell(day.open, openOn(day.day, told)),
      cell(day.opened, movedIn(told, OPENED, span)),
      cell(day.closed, movedIn(told, CLOSED, span)),
    ],
  };
}

/** A code scan's result stands until the next: what is not known lies before the first, or is still to come. */
function noteOf({ day, known }: Day, { asOf }: Fixes): string | null {
  if (known) return null;
  return asOf !== null && day > asOf.slice(0, 10) ? "Still to come" : "Before the first scan";
}

const openOn = (day: string, { fixes, severities }: Told): string =>
  openListAddress(SOURCE, { severity: [...severities], asOf: asOfOfDay(day, fixes) });

const movedIn = ({ severities }: Told, movement: Movement[], { from, to }: Span): string =>
  movedListAddress(
    { ...SOURCE, severity: [...severities] },
    { movement, movedFrom: `${from}T00:00:00.000Z`, movedTo: `${addDays(to, 1)}T00:00:00.000Z` },
  );
