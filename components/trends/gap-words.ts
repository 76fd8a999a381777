/** What the charts call the time of which nothing is known. */
export const GAP_WORDS = { gap: "No sync", before: "Before the first sync" };
