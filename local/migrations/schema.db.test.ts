import { expect, test } from "vitest";
import { withClient } from "#local/postgres/roles.ts";
import { testDatabase } from "#testing/database.ts";
import { schemaDifference } from "./schema-difference.ts";

const db = testDatabase();

test("the migrated database is what schema.prisma says", async () => {
  expect(await schemaDifference(db.ownerUrl)).toBe("");
});

test("a column that only the database has is told", async () => {
  await withClient(db.ownerUrl, (client) => client.query("ALTER TABLE account ADD COLUMN stray text"));
  expect(await schemaDifference(db.ownerUrl)).toContain('DROP COLUMN "stray"');
});
