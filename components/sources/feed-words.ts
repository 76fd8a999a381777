import type { FeedName } from "#lib/domain/feed.ts";

/** What each list is called, what it brings, and what happens when it is taken back. */
export const FEED_WORDS: Record<FeedName, { title: string; brings: string; without: string; entries: string }> = {
  "known-exploited": {
    title: "CISA: known exploited vulnerabilities",
    brings: "Marks findings whose vulnerability is exploited in the wild, and ranks them before others of their score.",
    without: "findings are known exploited only where their own source says so, and rank by that.",
    entries: "vulnerabilities",
  },
  epss: {
    title: "FIRST: EPSS scores",
    brings: "The chance that a vulnerability is exploited in the next 30 days, of today. It sorts, and does not rank.",
    without: "EPSS is what each source told last, of the day on which it told it.",
    entries: "scores",
  },
};
