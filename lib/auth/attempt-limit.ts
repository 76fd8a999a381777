/** How many failures within the window pass before the rest are turned away. */
export type AttemptLimit = { fail(now: Date): void; isReached(now: Date): boolean };

/**
 * Counts failures of the whole process, whoever they come from: addresses are the client's word (X-Forwarded-For) or
 * cheap (IPv6). Nobody is locked out by it, since only failures are turned away and the secrets cannot be guessed; it
 * keeps guessing from being cheap and the log from being flooded.
 */
export function attemptLimit({ max, windowMs }: { max: number; windowMs: number }): AttemptLimit {
  let failures: number[] = [];
  const recent = (now: Date) => failures.filter((at) => at > now.getTime() - windowMs);
  return {
    fail(now) {
      failures = [...recent(now), now.getTime()].slice(-max);
    },
    isReached(now) {
      return recent(now).length >= max;
    },
  };
}
