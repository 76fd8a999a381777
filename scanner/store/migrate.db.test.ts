import pg from "pg";
import { expect, test } from "vitest";
import { testDatabase } from "#testing/database.ts";
import { migrateScanner, readMigrations } from "./migrate.ts";

const database = testDatabase();

async function query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.scannerUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const next = { name: "9999_next.sql", sha256: "1", sql: "CREATE TABLE scanner.next (id integer)" };

test("the schema is made once, whoever starts at the same moment", async () => {
  await Promise.all([1, 2, 3].map(() => migrateScanner(database.scannerUrl)));
  const rows = await query<{ name: string }>("SELECT name FROM scanner.migration");
  expect(rows.map(({ name }) => name)).toEqual(readMigrations().map(({ name }) => name));
});

test("a migration that fails leaves nothing", async () => {
  const broken = { ...next, sql: `${next.sql}; SELECT 1 / 0` };
  await expect(migrateScanner(database.scannerUrl, [...readMigrations(), broken])).rejects.toThrow("division by zero");
  expect(await query("SELECT to_regclass('scanner.next') AS made")).toEqual([{ made: null }]);
});

test("a store of a newer version, or one whose history was edited, is refused", async () => {
  const own = readMigrations();
  const edited = own.map((migration) => ({ ...migration, sha256: "other" }));
  await expect(migrateScanner(database.scannerUrl, edited)).rejects.toThrow("was edited");
  await migrateScanner(database.scannerUrl, [...own, next]);
  await expect(migrateScanner(database.scannerUrl)).rejects.toThrow("newer version: 9999_next.sql");
});

test("the scanner's role has no way into the application's tables", async () => {
  await expect(query("SELECT * FROM public.finding")).rejects.toThrow("permission denied");
});
