import { afterAll, beforeAll } from "vitest";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { type TestDatabase, testDatabase } from "./database.ts";

/** `testDatabase()`, opened as the process's own: what `lib/db` reads and writes in this test file. */
export function appDatabase(): TestDatabase {
  const urls = testDatabase();
  beforeAll(() => {
    openDatabase(urls.url);
  });
  afterAll(closeDatabase);
  return urls;
}
