/** Which of several equal results of a file one is: 0 for the first. */
export type EqualResults = {
  add(identity: string, order: number): void;
  close(): (identity: string, order: number) => number;
};

/**
 * Counts results that share an identity, 16 bytes each while they are collected: of a million, few are equal, and only
 * those are held after `close`.
 */
export function equalResults(): EqualResults {
  let keys = new BigUint64Array(1024);
  let orders = new Float64Array(1024);
  let count = 0;
  return {
    add(identity, order) {
      if (count === keys.length) {
        keys = grown(keys, new BigUint64Array(count * 2));
        orders = grown(orders, new Float64Array(count * 2));
      }
      keys[count] = toKey(identity);
      orders[count] = order;
      count += 1;
    },
    close() {
      const groups = groupsOf(keys.subarray(0, count), orders);
      return (identity, order) => placeOf(order, groups.get(toKey(identity)) ?? []);
    },
  };
}

/** 64 bits of it: should two share them by chance, they are numbered as if they were equal, and stay apart all the same. */
function toKey(identity: string): bigint {
  return BigInt(`0x${identity.slice(0, 16)}`);
}

function grown<T extends BigUint64Array | Float64Array>(from: T, to: T): T {
  // Both are of one kind, which the union cannot say.
  (to as Float64Array).set(from as Float64Array);
  return to;
}

/** Of the keys that come more than once, the orders that they come with, ascending and each once. */
function groupsOf(keys: BigUint64Array, orders: Float64Array): Map<bigint, number[]> {
  const groups = new Map<bigint, number[]>();
  const sorted = keys.slice().sort();
  sorted.forEach((key, index) => {
    if (index > 0 && sorted[index - 1] === key) groups.set(key, []);
  });
  keys.forEach((key, index) => {
    groups.get(key)?.push(orders[index] ?? 0);
  });
  for (const [key, group] of groups) {
    const distinct = new Set(group);
    groups.set(
      key,
      [...distinct].sort((a, b) => a - b),
    );
  }
  return groups;
}

/** By halves: nothing hinders a file from holding a million equal results. */
function placeOf(order: number, group: number[]): number {
  let [from, to] = [0, group.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((group[middle] ?? 0) < order) from = middle + 1;
    else to = middle;
  }
  return from;
}
