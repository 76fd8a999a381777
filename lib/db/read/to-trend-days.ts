import { MOVEMENT_SIGN, type Movement } from "#lib/domain/lifecycle-event.ts";
import type { TrendDay, Trends } from "#lib/domain/trends.ts";
import type { KnownDays } from "./known-scopes.ts";

/**
 * One movement of one key: how many before the range, and on which of its days (0 = the first; a day may come more than
 * once) how many each time. As lists, since a row a day would cost more to read than to count.
 */
export type MovedRow = { key: string; movement: Movement; before: number; days: number[]; counts: number[] };

/** What a movement counts as beside its part in what is open; scopes that come and go are told apart. */
const COUNTED_AS: Record<Movement, "opened" | "closed" | "scopeAdded" | "scopeLost" | null> = {
  new: "opened",
  reopened: "opened",
  fixed: "closed",
  "resource-gone": "closed",
  "not-reported": "closed",
  "scope-added": "scopeAdded",
  "scope-lost": "scopeLost",
  unsuppressed: null,
  suppressed: null,
  "rescored-in": null,
  "rescored-out": null,
  "moved-in": null,
  "moved-out": null,
};

/** `open`: how many at the end of the last day, of every key that occurs. */
export type CountedDays = Pick<Trends, "before" | "days" | "movements"> & { open: Map<string, number> };

export function toTrendDays(days: string[], moved: MovedRow[], known: KnownDays): CountedDays {
  const counted = days.map((day, index) => toEmptyDay(day, index, known));
  const movements: Trends["movements"] = {};
  const before = new Map<string, number>();
  const net = new Map<string, number[]>();
  for (const { key, movement, before: n, days: indexes, counts } of moved) {
    const sign = MOVEMENT_SIGN[movement];
    before.set(key, (before.get(key) ?? 0) + sign * n);
    const changes = net.get(key) ?? days.map(() => 0);
    net.set(key, changes);
    const byDay = toCountsByDay(indexes, counts);
    const total = movements[movement] ?? {};
    const name = COUNTED_AS[movement];
    for (const [index, count] of byDay) {
      changes[index] = (changes[index] ?? 0) + sign * count;
      add(total, key, count);
      const day = counted[index];
      if (day && name !== null) add(day[name], key, count);
    }
    if (Object.keys(total).length > 0) movements[movement] = total;
  }
  const open = runUp(before, net, counted);
  return { before: Object.fromEntries([...before].filter(([, n]) => n !== 0)), days: counted, movements, open };
}

function toCountsByDay(indexes: number[], counts: number[]): Map<number, number> {
  const byDay = new Map<number, number>();
  indexes.forEach((index, position) => {
    byDay.set(index, (byDay.get(index) ?? 0) + (counts[position] ?? 0));
  });
  return byDay;
}

function toEmptyDay(day: string, index: number, { scopes, unknown }: KnownDays): TrendDay {
  const unknownScopes = unknown[index] ?? 0;
  const known = (scopes[index] ?? 0) > unknownScopes;
  return { day, open: {}, opened: {}, closed: {}, scopeAdded: {}, scopeLost: {}, stillOpen: {}, known, unknownScopes };
}

function add(counts: Record<string, number>, key: string, n: number): void {
  if (n !== 0) counts[key] = (counts[key] ?? 0) + n;
}

/** Writes into each day what was open at its end. */
function runUp(before: Map<string, number>, net: Map<string, number[]>, days: TrendDay[]): Map<string, number> {
  const open = new Map<string, number>();
  for (const [key, changes] of net) {
    let count = before.get(key) ?? 0;
    days.forEach((day, index) => {
      count += changes[index] ?? 0;
      if (count !== 0) day.open[key] = count;
    });
    open.set(key, count);
  }
  return open;
}
