import { expect, test } from "vitest";
import { aTrend } from "#testing/a-trend.ts";
import { addDays } from "./day.ts";
import { toForecast, toForecastDays } from "./forecast.ts";

/** Tuesday: the twelve whole weeks before it began on 2026-09-01's Monday. */
const TODAY = "2026-11-24";

function aTrendOfWeeks(opens: number[], changed: { [week: number]: object } = {}) {
  const { from, to } = toForecastDays(TODAY);
  const days = opens.flatMap((open, week) =>
    Array.from({ length: 7 }, (_, day) => ({
      day: addDays(from, week * 7 + day),
      open: { high: open },
      ...changed[week],
    })),
  );
  const last = { open: { high: opens.at(-1) ?? 0 } };
  return {
    ...aTrend(from, to, [...days, { day: addDays(to, -1), ...last }, { day: to, ...last }]),
    before: { high: 1_000 },
  };
}

test("twelve whole weeks end with the last Sunday", () => {
  expect(toForecastDays(TODAY)).toEqual({ from: "2026-08-31", to: TODAY });
  expect(toForecastDays("2026-11-23")).toEqual({ from: "2026-08-31", to: "2026-11-23" });
  expect(toForecastDays("2026-11-22")).toEqual({ from: "2026-08-24", to: "2026-11-22" });
});

test("a backlog that shrinks by the same each week is gone when that says, whoever is asked", () => {
  const told = toForecast(aTrendOfWeeks(Array.from({ length: 12 }, (_, week) => 1_000 - 50 * (week + 1))));
  expect(told.weeks).toHaveLength(12);
  expect(told.netPerWeek).toEqual({ low: -50, likely: -50, high: -50 });
  expect(told.weeksToZero).toEqual({ low: 8, likely: 8, high: 8 });
  expect(told.past.at(0)).toEqual({ day: "2026-08-31", open: 950 });
  expect(told.past.at(-1)).toEqual({ day: TODAY, open: 400 });
  expect(told.days[0]).toEqual({ day: "2026-12-01", low: 350, likely: 350, high: 350 });
  expect(told.days.at(-1)).toMatchObject({ low: 0, high: 0 });
});

test("weeks that differ make a range, and what does not shrink is never gone", () => {
  const nets = [-80, -60, -40, -20, -20, -10, 0, 0, 10, 20, 40, 60];
  let open = 1_000;
  const told = toForecast(aTrendOfWeeks(nets.map((net) => (open += net))));
  expect(told.netPerWeek).toEqual({ low: -58, likely: -5, high: 38 });
  expect(told.weeksToZero?.high).toBeNull();
  expect(told.weeksToZero?.low).toBeLessThan(told.weeksToZero?.likely ?? 0);
});

test("a place that came is no rise, and a week that is not known tells nothing", () => {
  const opens = [1_000, 1_500, ...Array.from({ length: 10 }, () => 1_500)];
  const told = toForecast(aTrendOfWeeks(opens, { 4: { known: false } }));
  expect(told.weeks.map(({ net }) => net)).toContain(500);
  const trend = aTrendOfWeeks(opens, { 4: { known: false } });
  const added = trend.days[7];
  if (added) added.scopeAdded = { high: 500 };
  expect(toForecast(trend).weeks.every(({ net }) => net === 0)).toBe(true);
  expect(toForecast(trend).weeks).toHaveLength(11);
});

test("fewer than four weeks tell nothing of what is to come", () => {
  const trend = { ...aTrendOfWeeks(Array.from({ length: 12 }, () => 5)), firstSyncAt: "2026-11-01T06:00:00.000Z" };
  expect(toForecast(trend)).toMatchObject({ netPerWeek: null, weeksToZero: null, days: [], open: 5 });
});
