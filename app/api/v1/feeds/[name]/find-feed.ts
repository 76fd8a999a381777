import { env } from "#lib/config/env.ts";
import { listFeeds } from "#lib/db/read/feeds.ts";
import { AppError } from "#lib/domain/errors.ts";
import { type Feed, type FeedName, toFixedFeeds } from "#lib/domain/feed.ts";

/** A list with how its last import went. Throws AppError not-found. */
export async function findFeed(name: FeedName): Promise<Feed> {
  const feed = (await listFeeds(toFixedFeeds(env()))).find((one) => one.name === name);
  if (!feed) throw new AppError("not-found", `There is no list ${name}.`);
  return feed;
}
