import { addDays, daysBetween, isDay } from "#lib/domain/day.ts";
import { SOURCE_NAMES } from "#lib/domain/finding-words.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { TrendScope, TrendsQuery } from "#lib/domain/trends.ts";

/** The parts of everything that can be held beside each other. */
export const COMPARED_PARTS = ["accountId", "team", "source", "severity"] as const;
export type ComparedPart = (typeof COMPARED_PARTS)[number];

/** What the page keeps of it in its address: `compare` is `before`, `days`, or a part, `a` and `b` its two values. */
export const COMPARE_NAMES = ["compare", "compareFrom", "a", "b"] as const;

/** Two periods of as many days, or two parts in the same days. */
export type Comparison =
  | { kind: "days" /** The first day of the other period. */; from: string; isBefore: boolean }
  | { kind: "part"; part: ComparedPart; a: string; b: string };

export type Written = Partial<Record<string, string | string[] | null | undefined>>;

const isId = (value: string): boolean => value !== "" && value.length <= 64;
const isOneOf = (values: readonly string[]) => (value: string) => values.includes(value);
const IS_VALUE: Record<ComparedPart, (value: string) => boolean> = {
  accountId: isId,
  team: isId,
  source: isOneOf(SOURCE_NAMES),
  severity: isOneOf(SEVERITIES),
};

export const firstWritten = (value: string | string[] | null | undefined): string | undefined =>
  [value ?? []].flat()[0];

/** What cannot be understood compares nothing: a day that does not exist, a part without both values. */
export function readComparison(written: Written, days: { from: string; to: string }): Comparison | null {
  const kind = firstWritten(written.compare);
  const length = daysBetween(days.from, days.to).length;
  if (kind === "before") return { kind: "days", from: addDays(days.from, -length), isBefore: true };
  if (kind === "days") {
    const from = firstWritten(written.compareFrom) ?? "";
    return isDay(from) && from < days.from ? { kind: "days", from, isBefore: false } : null;
  }
  const part = COMPARED_PARTS.find((name) => name === kind);
  const [a, b] = [firstWritten(written.a) ?? "", firstWritten(written.b) ?? ""];
  return part && IS_VALUE[part](a) && IS_VALUE[part](b) && a !== b ? { kind: "part", part, a, b } : null;
}

/** The two questions that a comparison asks, each of all severities. */
export function toComparedQueries(query: TrendsQuery, comparison: Comparison): [TrendsQuery, TrendsQuery] {
  const asked: TrendsQuery = { ...query, by: "severity" };
  if (comparison.kind === "part") {
    const { part, a, b } = comparison;
    return [withPart(asked, part, a), withPart(asked, part, b)];
  }
  const length = daysBetween(query.from ?? "", query.to ?? "").length;
  return [asked, { ...asked, from: comparison.from, to: addDays(comparison.from, length - 1) }];
}

// The address was read so that a value belongs to its part.
const withPart = (query: TrendsQuery, part: ComparedPart, value: string): TrendsQuery =>
  ({ ...query, [part]: [value] }) as TrendsQuery;

/** The conditions of a query, without its days and bands. */
export function scopeOf({ severity, source, type, accountId, team }: TrendsQuery): TrendScope {
  return { severity, source, type, accountId, team };
}
