export const TREND_KEYS = ["severity", "source", "accountId", "team", "resourceType"] as const;
