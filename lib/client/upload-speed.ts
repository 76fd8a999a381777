/** How much was sent when: `atMs` on any clock that only goes forward. */
export type SpeedSample = { atMs: number; sentBytes: number };

/** Long enough to be calm, short enough to follow a line that gets slower. */
const WINDOW_MS = 6_000;
const LEAST_MS = 1_000;

/** The samples with one more, less those that are too old to tell today's speed. */
export function withSample(samples: readonly SpeedSample[], sample: SpeedSample): SpeedSample[] {
  return [...samples, sample].filter(({ atMs }) => atMs >= sample.atMs - WINDOW_MS);
}

/** Bytes a second over the samples; null until they span a second. */
export function toSpeed(samples: readonly SpeedSample[]): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.atMs - first.atMs < LEAST_MS) return null;
  return ((last.sentBytes - first.sentBytes) / (last.atMs - first.atMs)) * 1000;
}
