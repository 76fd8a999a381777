import { z } from "zod";
import { addDays, toDay } from "#lib/domain/day.ts";
import { type Severity, severitySchema } from "#lib/domain/severity.ts";
import { type TrendScope, type TrendsQuery, trendKeySchema, trendsQuerySchema } from "#lib/domain/trends.ts";

export const RANGES = { "30d": 30, "90d": 90, "6m": 183, "1y": 365 } as const;
export type Range = keyof typeof RANGES;
const rangeSchema = z.enum(["30d", "90d", "6m", "1y"]);
const DEFAULT_RANGE: Range = "6m";

/** Every name that the page keeps in its address. `range` goes along with today; `from` and `to` stay. */
export const ADDRESS_NAMES = [
  "range",
  "from",
  "to",
  "by",
  "accountId",
  "team",
  "source",
  "fixSeverity",
  "moveSeverity",
] as const;
export type AddressName = (typeof ADDRESS_NAMES)[number];

export type TrendsAddress = {
  /** Null where the days are a person's own. */
  range: Range | null;
  query: TrendsQuery;
  scope: TrendScope;
  /** Whose time to fix is drawn; null = of all together. */
  fixSeverity: Severity | null;
  /** Whose movements are drawn; null = of all together. */
  moveSeverity: Severity | null;
};

type Written = Partial<Record<string, string | string[] | null | undefined>>;

/**
 * Reads the page's address, the same way on the server and in the browser, so that both ask the same question. What
 * cannot be understood is left out: days that do not exist, or that end before they begin.
 */
export function readTrendsAddress(written: Written, now: Date): TrendsAddress {
  const shape = trendsQuerySchema.shape;
  const today = toDay(now);
  const own = readDays(written, today);
  const range = own ? null : (rangeSchema.safeParse(first(written.range)).data ?? DEFAULT_RANGE);
  const days = own ?? { from: addDays(today, 1 - RANGES[range ?? DEFAULT_RANGE]), to: today };
  const scope: TrendScope = {
    severity: [],
    type: [],
    team: shape.team.safeParse(written.team ?? undefined).data ?? [],
    accountId: shape.accountId.safeParse(written.accountId ?? undefined).data ?? [],
    source: shape.source.safeParse(written.source ?? undefined).data ?? [],
  };
  const by = trendKeySchema.safeParse(first(written.by)).data ?? "severity";
  const severityOf = (name: AddressName) => severitySchema.safeParse(first(written[name])).data ?? null;
  return {
    range,
    scope,
    fixSeverity: severityOf("fixSeverity"),
    moveSeverity: severityOf("moveSeverity"),
    query: { ...scope, ...days, by },
  };
}

function readDays(written: Written, today: string): { from: string; to: string } | null {
  const from = trendsQuerySchema.shape.from.safeParse(first(written.from)).data;
  if (from === undefined) return null;
  const to = trendsQuerySchema.shape.to.safeParse(first(written.to)).data ?? today;
  return from <= to && to <= today ? { from, to } : null;
}

const first = (value: string | string[] | null | undefined): string | undefined => [value ?? []].flat()[0];
