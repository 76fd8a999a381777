import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withClient } from "#local/postgres/roles.ts";
import { testDatabase } from "#testing/database.ts";
import { deployMigrations } from "./deploy-migrations.ts";

const db = testDatabase();
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sightline-migrations-"));
  // The template's own history would be another code's.
  await run("DROP TABLE IF EXISTS _prisma_migrations, one, two, three");
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "migration.sql"), sql);
}

const run = (sql: string) => withClient(db.ownerUrl, (client) => client.query(sql));

test("migrations apply in the order of their names, each once", async () => {
  write("20260102_two", "ALTER TABLE one RENAME TO two");
  write("20260101_one", "CREATE TABLE one (id integer)");
  expect(await deployMigrations(db.ownerUrl, folder)).toEqual(["20260101_one", "20260102_two"]);
  expect(await deployMigrations(db.ownerUrl, folder)).toEqual([]);
  await run("SELECT id FROM two");
});

test("two deployments at once apply each migration once", async () => {
  write("20260101_one", "CREATE TABLE one (id integer)");
  const both = await Promise.all([deployMigrations(db.ownerUrl, folder), deployMigrations(db.ownerUrl, folder)]);
  expect(both.flat()).toEqual(["20260101_one"]);
});

test("a database that is newer than the code is refused", async () => {
  write("20260101_one", "CREATE TABLE one (id integer)");
  write("20260103_three", "CREATE TABLE three (id integer)");
  await deployMigrations(db.ownerUrl, folder);
  rmSync(join(folder, "20260103_three"), { recursive: true });
  await expect(deployMigrations(db.ownerUrl, folder)).rejects.toThrow(/newer than this version.*20260103_three/);
});

test("a migration that was edited after it was applied is refused", async () => {
  write("20260101_one", "CREATE TABLE one (id integer)");
  await deployMigrations(db.ownerUrl, folder);
  write("20260101_one", "CREATE TABLE one (id bigint)");
  await expect(deployMigrations(db.ownerUrl, folder)).rejects.toThrow(/20260101_one was edited/);
});

test("a migration that fails leaves nothing of itself, and stands in the way until somebody looked", async () => {
  write("20260101_one", "CREATE TABLE one (id integer); SELECT 1 / 0");
  await expect(deployMigrations(db.ownerUrl, folder)).rejects.toThrow(/20260101_one failed: division by zero/);
  await expect(run("SELECT * FROM one")).rejects.toThrow(/does not exist/);
  write("20260101_one", "CREATE TABLE one (id integer)");
  await expect(deployMigrations(db.ownerUrl, folder)).rejects.toThrow(/20260101_one failed earlier/);
});
