import { daysBetween } from "#lib/domain/day.ts";
import type { TrendDay, Trends } from "#lib/domain/trends.ts";

/** A day of a trend on which nothing is open and nothing happens. Say what the test is about. */
export function aTrendDay(overrides: Partial<TrendDay> & { day: string }): TrendDay {
  return {
    open: {},
    opened: {},
    closed: {},
    scopeAdded: {},
    scopeLost: {},
    stillOpen: {},
    known: true,
    unknownScopes: 0,
    ...overrides,
  };
}

/** A trend by severity over these days, both included, first synced long before; `changed` are the days of interest. */
export function aTrend(from: string, to: string, changed: (Partial<TrendDay> & { day: string })[] = []): Trends {
  const byDay = new Map(changed.map((day) => [day.day, day]));
  return {
    from,
    to,
    by: "severity",
    asOf: `${to}T12:00:00.000Z`,
    firstSyncAt: "2020-01-01T00:00:00.000Z",
    keys: [],
    before: {},
    days: daysBetween(from, to).map((day) => aTrendDay({ day, ...byDay.get(day) })),
    movements: {},
    steps: [],
    gaps: [],
  };
}
