import { ANY_KEY, type Value } from "./value.ts";

/** The items of a list of which every position is known, or null. */
export function exactItems(list: Value): Value[] | null {
  if (list.elements === null || list.elements.has(ANY_KEY) || list.taints.length > 0) return null;
  const items: Value[] = [];
  for (let position = 0; position < list.elements.size; position++) {
    const item = list.elements.get(String(position));
    if (item === undefined) return null;
    items.push(item);
  }
  return items;
}

function listOf(list: Value, items: Value[]): Value {
  return { ...list, elements: new Map(items.map((item, position) => [String(position), item])) };
}

/** What a list is after a method that changes it, or null where that is not known exactly. */
export function changedList(list: Value, method: string, given: Value[]): Value | null {
  const items = exactItems(list);
  const change = items === null ? undefined : CHANGES.get(method);
  return items === null || change === undefined ? null : listOf(list, change(items, given));
}

type Change = (items: Value[], given: Value[]) => Value[];

const CHANGES = new Map<string, Change>([
  ["append", (items, given) => [...items, ...given.slice(0, 1)]],
  // With a position, in Java, it is put in between.
  ["add", (items, given) => (given.length > 1 ? [...items, ...given] : [...items, ...given.slice(0, 1)])],
  ["push", (items, given) => [...items, ...given]],
  ["unshift", (items, given) => [...given, ...items]],
  ["shift", (items) => items.slice(1)],
  ["pop", withoutOne],
  // By position; Python removes by value there, and then one is as good as another.
  ["remove", (items, given) => (typeof given[0]?.constant === "number" ? withoutOne(items, given) : items)],
]);

function withoutOne(items: Value[], [position]: Value[]): Value[] {
  const given = typeof position?.constant === "number" ? position.constant : -1;
  return items.filter((_, at) => at !== (given < 0 ? items.length + given : given));
}
