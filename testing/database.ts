import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, inject } from "vitest";
import { createDatabase, databaseUrls, withClient, withDatabase } from "#local/postgres/roles.ts";

/** Connection strings to a database that one test file has to itself; they exist once its tests run. */
export type TestDatabase = {
  /** The application's role: schemas `public` and `pgboss`. */
  readonly url: string;
  /** The scanner's role: schema `scanner`, empty until the scanner migrates it. */
  readonly scannerUrl: string;
  /** The role that owns the tables in `public`. */
  readonly ownerUrl: string;
};

/** Gives the calling test file a fresh copy of the migrated database, dropped when the file has ended. */
export function testDatabase(): TestDatabase {
  const { serverUrl, template, passwords } = inject("testServer");
  const name = `test_${randomBytes(8).toString("hex")}`;
  const { appUrl, ownerUrl, scannerUrl } = databaseUrls(withDatabase(serverUrl, name), passwords);
  beforeAll(() => createDatabase(serverUrl, name, template), 60_000);
  afterAll(() => withClient(serverUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`)), 60_000);
  return { url: appUrl, scannerUrl, ownerUrl };
}
