/** Milliseconds. Every instant in the sample is in milliseconds since 1970, UTC. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;
export const NEVER = Number.POSITIVE_INFINITY;

/** An instant as AWS's JSON bodies carry it: seconds, with a fraction. */
export function toEpochSeconds(instant: number): number {
  return instant / 1000;
}
