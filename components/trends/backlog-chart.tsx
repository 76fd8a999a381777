"use client";
import { useQuery } from "@tanstack/react-query";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { dayAndYear, dayWord } from "#components/charts/days.ts";
import { type Expected, ForecastChart } from "#components/charts/forecast-chart.tsx";
import type { Step } from "#components/charts/series.ts";
import { countOf, formatChange, formatCount } from "#components/ui/numbers.ts";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { openListAddress } from "#lib/client/list-address.ts";
import { forecastQuery } from "#lib/client/trends.ts";
import { asOfOfDay } from "#lib/domain/as-of-day.ts";
import { addDays, daysBetween } from "#lib/domain/day.ts";
import type { Forecast, ForecastQuery } from "#lib/domain/forecast.ts";
import type { TrendScope } from "#lib/domain/trends.ts";
import { ChartPlaceholder } from "./chart-placeholder.tsx";

const TITLE = "Backlog, and where it goes";
const WEEK = 7;
const openOf = (step: Step): number => step.values?.open ?? 0;

/**
 * How many were open in the last twelve weeks, or in those before a day that is over, and where that leads if the weeks to
 * come are like them.
 */
export function BacklogChart({ query }: { query: ForecastQuery }) {
  const { to: past, ...scope } = query;
  const { data, error } = useQuery(forecastQuery(query));
  return (
    <ChartFigure
      title={past ? `${TITLE} from ${dayAndYear(past)}` : TITLE}
      note={data ? toWords(data) : "If the weeks to come are like the last twelve."}
      countedHref={definitionAddress("forecast")}
      table={data && toTable(data, scope)}
    >
      {data ? <Drawing forecast={data} scope={scope} /> : <ChartPlaceholder height={236} error={error} />}
    </ChartFigure>
  );
}

function Drawing({ forecast, scope }: { forecast: Forecast; scope: TrendScope }) {
  const { past, days } = forecast;
  const [first, last] = [past[0]?.day ?? "", past.at(-1)?.day ?? ""];
  const expected: Expected[] = days.map(({ day, low, likely, high }, index) => ({
    title: dayAndYear(day),
    daysAhead: (index + 1) * WEEK,
    low,
    likely,
    high,
  }));
  return (
    <ForecastChart
      name={TITLE}
      days={daysBetween(first, days.at(-1)?.day ?? last)}
      past={past.map((day) => toStep(day, forecast, scope))}
      toValue={openOf}
      expected={expected}
    />
  );
}

function toStep({ day, open }: Forecast["past"][number], forecast: Forecast, scope: TrendScope): Step {
  return {
    label: dayWord(day),
    title: dayAndYear(day),
    note: open === null ? "Not known" : null,
    values: open === null ? null : { open },
    href: open === null ? null : openListAddress(scope, { asOf: asOfOfDay(day, forecast) }),
  };
}

/** What the drawing says, in a sentence: a backlog that does not shrink is never gone. */
function toWords({ netPerWeek, weeksToZero, weeks }: Forecast): string {
  if (netPerWeek === null || weeksToZero === null)
    return `A forecast needs 4 whole weeks that are known; there ${weeks.length === 1 ? "is" : "are"} ${weeks.length}.`;
  const pace = `${formatChange(Math.round(netPerWeek.likely))} a week in the middle of the last ${countOf(weeks.length, "week")}`;
  if (weeksToZero.low === null) return `${pace}: it does not shrink, not even in good weeks.`;
  if (weeksToZero.likely === null)
    return `${pace}: it does not shrink. If every week were a good one, it would be gone in ${inWeeks(weeksToZero.low)}.`;
  const latest = weeksToZero.high === null ? "never" : inWeeks(weeksToZero.high);
  return `${pace}: gone in about ${inWeeks(weeksToZero.likely)}; at best ${inWeeks(weeksToZero.low)}, at worst ${latest}.`;
}

const inWeeks = (weeks: number): string => countOf(Math.ceil(weeks), "week");

function toTable(forecast: Forecast, scope: TrendScope) {
  const { weeks, days } = forecast;
  const openAt = (day: string) => forecast.past.find((one) => one.day === day)?.open ?? null;
  const known = weeks.map(({ monday, net }) => {
    const end = addDays(monday, WEEK - 1);
    const open = openAt(end);
    return {
      title: end,
      cells: [
        open === null
          ? { text: "–" }
          : { text: formatCount(open), href: openListAddress(scope, { asOf: asOfOfDay(end, forecast) }) },
        { text: formatChange(net) },
        { text: "" },
        { text: "" },
      ],
    };
  });
  const expected = days.map(({ day, low, likely, high }) => ({
    title: day,
    note: "Expected",
    cells: [{ text: formatCount(likely) }, { text: "" }, { text: formatCount(low) }, { text: formatCount(high) }],
  }));
  return { head: ["Week to", "Open", "Net", "At best", "At worst"], rows: [...known, ...expected].reverse() };
}
