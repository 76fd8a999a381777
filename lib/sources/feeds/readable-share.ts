import { feedError } from "./feed-error.ts";

const MOST_UNREADABLE = 0.1;

/** Throws SourceError when so much of a list could not be read that it is no longer the list that we know. */
export function refuseMostlyUnreadable(total: number, skipped: number): void {
  if (total > 0 && skipped <= total * MOST_UNREADABLE) return;
  throw feedError(
    "bad-answer",
    `${skipped} of the list's ${total} entries could not be read: its form has changed. Nothing was changed.`,
  );
}
