import type { Actor } from "#lib/db/write/connections.ts";
import { queueDueFeeds, queueFeedImport, saveFeedChange } from "#lib/db/write/feeds.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { Feed, FeedChange, FixedFeeds } from "#lib/domain/feed.ts";

/**
 * Turns a public list on or off, or changes where it is read; it is imported, or taken back, at once. Throws AppError
 * conflict for one that the environment sets.
 */
export async function changeFeed({ name, fixedBy }: Feed, change: FeedChange, actor: Actor, now: Date): Promise<void> {
  if (fixedBy !== null) {
    throw new AppError("conflict", `${fixedBy} sets this list where Sightline runs. Change it there, and start again.`);
  }
  await saveFeedChange(name, change, actor, now);
}

/** Asks the worker for an import now. Throws AppError conflict for a list that is off. */
export async function requestFeedImport({ name, isOn }: Feed, actor: Actor, now: Date): Promise<void> {
  if (!isOn) throw new AppError("conflict", "This list is off. Turn it on, and it is imported at once.");
  await queueFeedImport(name, actor, now);
}

/** Asks for the lists whose time has come. */
export async function requestDueFeeds(fixed: FixedFeeds, now: Date): Promise<void> {
  await queueDueFeeds(fixed, now);
}
