import { MOVEMENT_SIGN, type Movement } from "#lib/domain/lifecycle-event.ts";
import type { TrendDay, Trends } from "#lib/domain/trends.ts";
import type { KnownDays } from "./known-scopes.ts";

/**
 * One movement of one key: on which days (0 = the first of the range, −1 = all days before it) and how many each time. As
 * lists, since a row a day would cost more to read than to count.
 */
export type MovedRow = { key: string; movement: Movement; days: number[]; counts: number[] };

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
  for (const { key, movement, days: indexes, counts } of moved) {
    const changes = net.get(key) ?? days.map(() => 0);
    net.set(key, changes);
    const total = movements[movement] ?? {};
    indexes.forEach((index, position) => {
      const n = counts[position] ?? 0;
      const signed = MOVEMENT_SIGN[movement] * n;
      const day = counted[index];
      if (day === undefined) {
        before.set(key, (before.get(key) ?? 0) + signed);
        return;
      }
      changes[index] = (changes[index] ?? 0) + signed;
      add(total, key, n);
      const name = COUNTED_AS[movement];
      if (name !== null) add(day[name], key, n);
    });
    if (Object.keys(total).length > 0) movements[movement] = total;
  }
  const open = runUp(before, net, counted);
  return { before: Object.fromEntries([...before].filter(([, n]) => n !== 0)), days: counted, movements, open };
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
