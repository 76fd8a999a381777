const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;
const STEADY_MS = 60_000;

/**
 * How long to wait before a process that ended starts again: a second, doubling up to half a minute; a second again
 * once it ran steadily for a minute. `previousMs` is the last wait, or null before the first.
 */
export function restartDelayMs(previousMs: number | null, ranForMs: number): number {
  if (previousMs === null || ranForMs >= STEADY_MS) return FIRST_MS;
  return Math.min(previousMs * 2, LONGEST_MS);
}
