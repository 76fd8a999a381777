/** Counts requests of each operation against a rate a second, with a burst of one second's worth. */
export type RequestRate = { isAllowed(operation: string, perSecond: number): boolean };

export function requestRate(now: () => Date): RequestRate {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    isAllowed(operation, perSecond) {
      const at = now().getTime();
      const bucket = buckets.get(operation) ?? { tokens: perSecond, at };
      const refilled = bucket.tokens + (Math.max(0, at - bucket.at) / 1000) * perSecond;
      const tokens = Math.min(perSecond, refilled);
      const isAllowed = tokens >= 1;
      buckets.set(operation, { tokens: isAllowed ? tokens - 1 : tokens, at });
      return isAllowed;
    },
  };
}
