export const TREND_KEYS = ["severity", "source", "accountId", "team"] as const;
