import { afterAll, beforeAll } from "vitest";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { appDatabase } from "./app-database.ts";
import type { TestDatabase } from "./database.ts";

/** `appDatabase()` with its job queue open for sending. */
export function queueDatabase(): TestDatabase {
  const urls = appDatabase();
  beforeAll(async () => {
    await openQueue(urls.url);
  });
  afterAll(() => closeQueue());
  return urls;
}
