/** What can have moved most. */
export const MOVER_KEYS = ["account", "image", "repository", "function", "package", "cve"] as const;
