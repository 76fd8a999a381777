import type { Movements } from "./movements.ts";

/** The days of a list that holds what moved: after one moment, up to and with another. */
export function toMovedRange({ from, asOf }: Pick<Movements, "from" | "asOf">): {
  movedFrom?: string;
  movedTo?: string;
} {
  if (from === null || asOf === null) return {};
  const next = (instant: string) => new Date(Date.parse(instant) + 1).toISOString();
  return { movedFrom: next(from), movedTo: next(asOf) };
}
