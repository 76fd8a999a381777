import { addDays, isDay, toDay } from "#lib/domain/day.ts";
import { readValues } from "#lib/domain/filter-values.ts";
import type { SourceName } from "#lib/domain/finding.ts";
import { SOURCE_NAMES } from "#lib/domain/finding-words.ts";
import type { ForecastQuery } from "#lib/domain/forecast.ts";
import { MOVER_KEYS } from "#lib/domain/mover-keys.ts";
import type { MoverKey } from "#lib/domain/movers.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { TREND_KEYS } from "#lib/domain/trend-keys.ts";
import type { OpenAgeQuery, TrendScope, TrendsQuery } from "#lib/domain/trends.ts";
import { COMPARE_NAMES, type Comparison, firstWritten, readComparison, type Written } from "./comparison.ts";

const RANGES = { "7d": 7, "30d": 30, "90d": 90, "6m": 183, "1y": 365 } as const;
export type OpenShape = "bands" | "lines";
export type Range = keyof typeof RANGES | "all";
// Object.keys forgets the keys' type
export const RANGE_NAMES: readonly Range[] = [...(Object.keys(RANGES) as (keyof typeof RANGES)[]), "all"];
const DEFAULT_RANGE: Range = "6m";
const MOST_DAYS = 3_660; // as many as the API tells of
const TEAM_LETTERS = 40;
const ACCOUNT_LETTERS = 64;

/**
 * Every name that the page keeps in its address. `range` goes along with today; `from` and `to` stay. `zoomFrom` and
 * `zoomTo` are days picked in a chart: these alone are shown, and the others are kept for the way back.
 */
export const ADDRESS_NAMES = [
  "range",
  "from",
  "to",
  "zoomFrom",
  "zoomTo",
  "by",
  "accountId",
  "team",
  "source",
  "shape",
  "fixSeverity",
  "moveSeverity",
  "codeSeverity",
  "movers",
  ...COMPARE_NAMES,
] as const;
export type AddressName = (typeof ADDRESS_NAMES)[number];

type Days = { from: string; to: string };
export type TrendsAddress = {
  /** Null where the days are a person's own. */
  range: Range | null;
  /** All days, where some of them are picked out; null where all are shown. */
  zoomedFrom: Days | null;
  query: TrendsQuery;
  scope: TrendScope;
  /** What stands at the end of the days: of days that are over, as it stood then. */
  age: OpenAgeQuery;
  forecast: ForecastQuery;
  /** Whose time to fix is drawn; null = of all together. */
  fixSeverity: Severity | null;
  /** Whose movements are drawn; null = of all together. */
  moveSeverity: Severity | null;
  /** Whose fixes in code are told; null = of all together. */
  codeSeverity: Severity | null;
  /** What is open, as bands on each other or as lines. */
  shape: OpenShape;
  /** What can have changed most. */
  movers: MoverKey;
  /** What is held beside it; null = nothing. */
  comparison: Comparison | null;
};

/**
 * Reads the page's address, the same way on the server and in the browser, so that both ask the same question. What
 * cannot be understood is left out: days that do not exist, or that end before they begin. `firstDay` is where all days
 * begin: that of the first sync; null = there was none.
 */
export function readTrendsAddress(written: Written, now: Date, firstDay: string | null = null): TrendsAddress {
  const { days, ...shown } = readShown(written, toDay(now), firstDay);
  const scope: TrendScope = {
    severity: [],
    type: [],
    team: readValues(written.team ?? [], (id) => id.length <= TEAM_LETTERS) ?? [],
    accountId: readValues(written.accountId ?? [], (id) => id.length <= ACCOUNT_LETTERS) ?? [],
    source: readValues(written.source ?? [], isSource) ?? [],
  };
  const by = TREND_KEYS.find((key) => key === first(written.by)) ?? "severity";
  const past = days.to < toDay(now) ? days.to : undefined;
  const severityOf = (name: AddressName) => SEVERITIES.find((severity) => severity === first(written[name])) ?? null;
  return {
    ...shown,
    scope,
    age: { ...scope, asOf: past },
    forecast: { ...scope, to: past },
    fixSeverity: severityOf("fixSeverity"),
    moveSeverity: severityOf("moveSeverity"),
    codeSeverity: severityOf("codeSeverity"),
    shape: first(written.shape) === "lines" ? "lines" : "bands",
    movers: MOVER_KEYS.find((key) => key === first(written.movers)) ?? "account",
    comparison: readComparison(written, days),
    query: { ...scope, ...days, by },
  };
}

function readShown(written: Written, today: string, firstDay: string | null) {
  const own = readDays(written.from, written.to ?? today, today);
  const range = own ? null : (RANGE_NAMES.find((name) => name === first(written.range)) ?? DEFAULT_RANGE);
  const all = own ?? { from: firstOf(range ?? DEFAULT_RANGE, today, firstDay), to: today };
  const zoom = readDays(written.zoomFrom, written.zoomTo, today);
  return { range, days: zoom ?? all, zoomedFrom: zoom && all };
}

/** All days are at least a week of them, so that there is something to see. */
function firstOf(range: Range, today: string, firstDay: string | null): string {
  if (range !== "all") return addDays(today, 1 - RANGES[range]);
  const [earliest, latest] = [addDays(today, 1 - MOST_DAYS), addDays(today, 1 - RANGES["7d"])];
  if (firstDay === null || firstDay > latest) return latest;
  return firstDay < earliest ? earliest : firstDay;
}

const isSource = (value: string): value is SourceName => SOURCE_NAMES.some((name) => name === value);

function readDays(from: Written[string], to: Written[string], today: string): Days | null {
  const [first, last] = [firstWritten(from) ?? "", firstWritten(to) ?? ""];
  return isDay(first) && isDay(last) && first <= last && last <= today ? { from: first, to: last } : null;
}

const first = firstWritten;
