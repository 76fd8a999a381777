import { hash } from "node:crypto";

/** A stream of numbers that depends on nothing but its seed. */
export type Random = {
  /** At least 0 and below 1. */
  next(): number;
  /** A whole number, both ends included. */
  int(min: number, max: number): number;
  between(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
};

/** Mulberry32: small, fast, and the same on every machine. */
export function randomFrom(seed: string): Random {
  let state = Number.parseInt(hash("sha256", seed).slice(0, 8), 16);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    between: (min, max) => min + next() * (max - min),
    chance: (probability) => next() < probability,
    pick: (list) => {
      const picked = list[Math.floor(next() * list.length)];
      if (picked === undefined) throw new Error("Nothing to pick from");
      return picked;
    },
  };
}

/** A name's first `length` hexadecimal digits (at most 64): identifiers that look like AWS's and never change. */
export function hexOf(name: string, length: number): string {
  return hash("sha256", name).slice(0, length);
}

/** A version 4 UUID made from a name. */
export function uuidOf(name: string): string {
  const hex = hexOf(name, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
