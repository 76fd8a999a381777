import { expect, test } from "vitest";
import { testDatabase } from "#testing/database.ts";
import { withClient } from "./roles.ts";

const db = testDatabase();

const run = (url: string, sql: string) => withClient(url, (client) => client.query(sql));

test("the application reads and writes rows of tables that the owner makes, and cannot change the tables", async () => {
  await run(db.ownerUrl, "CREATE TABLE public.probe (id integer GENERATED ALWAYS AS IDENTITY, name text)");
  await run(db.url, "INSERT INTO public.probe (name) VALUES ('one')");
  const { rows } = await run(db.url, "UPDATE public.probe SET name = 'two' RETURNING id, name");
  expect(rows).toEqual([{ id: 1, name: "two" }]);
  await expect(run(db.url, "ALTER TABLE public.probe ADD COLUMN extra text")).rejects.toThrow(/must be owner/);
  await expect(run(db.url, "CREATE TABLE public.mine (id integer)")).rejects.toThrow(/permission denied/);
});

test("the scanner has its own schema and sees nothing else", async () => {
  await run(db.scannerUrl, "CREATE TABLE scanner.scan (id integer)");
  await run(db.ownerUrl, "CREATE TABLE public.secret (id integer)");
  await expect(run(db.scannerUrl, "SELECT * FROM public.secret")).rejects.toThrow(/permission denied/);
  await expect(run(db.scannerUrl, "SELECT * FROM pgboss.version")).rejects.toThrow(/permission denied/);
  await expect(run(db.url, "SELECT * FROM scanner.scan")).rejects.toThrow(/permission denied/);
});

test("no role is a superuser or may create roles and databases", async () => {
  const { rows } = await run(
    db.url,
    `SELECT rolname FROM pg_roles
     WHERE rolname LIKE 'sightline_%' AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls)`,
  );
  expect(rows).toEqual([]);
  await expect(run(db.ownerUrl, "CREATE ROLE intruder")).rejects.toThrow(/permission denied/);
});

test("the job queue's tables are there and belong to the application", async () => {
  const { rows } = await run(
    db.url,
    "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'pgboss' ORDER BY tableowner",
  );
  expect(rows).toEqual([{ tableowner: "sightline_app" }]);
});
