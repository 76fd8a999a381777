import { beforeEach, expect, test } from "vitest";
import { withClient } from "#local/postgres/roles.ts";
import { appDatabase } from "#testing/app-database.ts";
import { database } from "../database.ts";
import { getHistory } from "../read/as-of.ts";
import { type RebuiltIndex, rebuildSwollenIndexes } from "./index-upkeep.ts";

const db = appDatabase();
const never = new AbortController().signal;
const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const LEAST_BYTES = 100 * 1024;

const asOwner = (sql: string) => withClient(db.ownerUrl, (client) => client.query(sql));

/** Rows whose names come in an order that leaves the pages of its index half empty. */
const fill = (rows: number, seed: number) =>
  database().pool.query("INSERT INTO swelling SELECT md5($1 || '/' || n) FROM generate_series(1, $2::int) AS n", [
    seed,
    rows,
  ]);

async function rebuild(now: Date): Promise<RebuiltIndex[]> {
  await asOwner("ANALYZE swelling"); // as autovacuum does
  return await Array.fromAsync(rebuildSwollenIndexes(now, never, LEAST_BYTES));
}

beforeEach(async () => {
  await asOwner(
    "DROP TABLE IF EXISTS swelling; CREATE TABLE swelling (name TEXT PRIMARY KEY); DELETE FROM index_upkeep",
  );
  for (let batch = 0; batch < 20; batch += 1) await fill(500, batch);
});

test("an index whose pages are half empty is rebuilt by the application's role, which does not own it", async () => {
  const [rebuilt, ...others] = await rebuild(day(1));
  expect(others).toEqual([]);
  expect(rebuilt?.index).toBe("swelling_pkey");
  expect(rebuilt?.bytesAfter).toBeLessThan(0.9 * (rebuilt?.bytesBefore ?? 0));
});

test("an index that is full is left alone, and one that swelled again is rebuilt a day later", async () => {
  await rebuild(day(1));
  expect(await rebuild(day(3))).toEqual([]);
  for (let batch = 20; batch < 30; batch += 1) await fill(500, batch);
  expect(await rebuild(new Date(day(1).getTime() + 3_600_000))).toEqual([]);
  expect((await rebuild(day(3))).map(({ index }) => index)).toEqual(["swelling_pkey"]);
});

test("while another rebuilds, nothing is done", async () => {
  const other = await database().pool.connect();
  await other.query("SELECT pg_advisory_lock(hashtext('index_upkeep'))");
  expect(await rebuild(day(1))).toEqual([]);
  other.release(true);
});

test("a rebuild that is told to stop ends at once, and what it leaves behind goes with the next", async () => {
  const stop = new AbortController();
  const reader = await database().pool.connect();
  await reader.query("BEGIN; SELECT count(*) FROM swelling"); // whom the rebuild waits for
  const stopped = Array.fromAsync(rebuildSwollenIndexes(day(1), stop.signal, LEAST_BYTES));
  const invalid = "SELECT count(*)::int AS n FROM pg_index WHERE NOT indisvalid AND indrelid = 'swelling'::regclass";
  await expect.poll(async () => (await database().pool.query(invalid)).rows[0]?.n, { timeout: 10_000 }).toBe(1);
  stop.abort();
  await expect(stopped).rejects.toThrow(/cancel/);
  await reader.query("COMMIT");
  reader.release();
  expect((await database().pool.query(invalid)).rows[0]?.n).toBe(1);
  expect((await rebuild(day(1))).map(({ index }) => index)).toEqual(["swelling_pkey"]);
  expect((await database().pool.query(invalid)).rows[0]?.n).toBe(0);
});

test("a rebuild that waits keeps no moment from being settled", async () => {
  const rebuilding = await database().pool.connect();
  await rebuilding.query("SET application_name = 'sightline-upkeep'; BEGIN");
  const { rows } = await rebuilding.query<{ began: Date }>("SELECT now() AS began");
  const settledAt = async () => (await getHistory()).settledAt.getTime();
  await expect.poll(settledAt).toBeGreaterThan((rows[0]?.began.getTime() ?? 0) - 10_000);
  await rebuilding.query("COMMIT");
  rebuilding.release(true);
});
