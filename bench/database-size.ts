import { database } from "#lib/db/database.ts";
import { foldParts } from "#lib/db/write/fold-parts.ts";
import { rebuildSwollenIndexes } from "#lib/db/write/index-upkeep.ts";
import type { BenchResult } from "./bench-result.ts";
import { type Batches, manyBatches, writeAtOnce } from "./findings-writers.ts";
import { inspectorBatches } from "./inspector-findings.ts";
import { printed } from "./measure.ts";

/** So many that what is shared by findings (vulnerabilities, resources, counts) has the share that it has of a million. */
const FINDINGS_EACH = 250_000;
const MOST_GB = 2.5;
const GB = 1e9;
const TOLD_FROM_GB = 0.02;
const never = new AbortController().signal;

/** What the database is weighed with. */
type Ruler = { name: string; batches: Batches };

export const RULERS: Ruler[] = [
  { name: "as Inspector tells them", batches: inspectorBatches },
  // Hashes and addresses of each finding's own, which nothing makes smaller.
  { name: "with 900 bytes of noise each", batches: manyBatches },
];

/**
 * What a million findings take as syncs write them: the whole database, as they leave it and after the worker's upkeep,
 * which runs every hour, and each large table with its indexes.
 */
export async function benchDatabaseSize({ name: ruler, batches }: Ruler): Promise<BenchResult[]> {
  const before = await databaseBytes();
  const written = await writeAtOnce(FINDINGS_EACH, batches);
  await foldParts(never);
  const perMillion = (bytes: number) => (bytes / GB / written) * 1_000_000;
  const synced = perMillion((await databaseBytes()) - before);
  await Array.fromAsync(rebuildSwollenIndexes(new Date(), never));
  const kept = perMillion((await databaseBytes()) - before);
  const tables = (await listTables()).map(({ name, rows, indexes }) =>
    printed(`Of it ${name}`, perMillion(rows + indexes), `GB, ${perMillion(indexes).toFixed(2)} of them indexes`),
  );
  const results = [
    {
      ...printed("Database per million findings with raw, events, versions and indexes", kept, "GB"),
      goal: `≤ ${MOST_GB} GB`,
      isMet: kept <= MOST_GB,
    },
    ...tables.filter(({ figure }) => figure >= TOLD_FROM_GB),
    printed("The same before the worker's upkeep of indexes", synced, "GB"),
  ];
  return results.map((result) => ({ ...result, name: `Findings ${ruler}: ${result.name}` }));
}

async function databaseBytes(): Promise<number> {
  const { rows } = await database().pool.query<{ bytes: string }>(
    "SELECT pg_database_size(current_database()) AS bytes",
  );
  return Number(rows[0]?.bytes);
}

/** The tables in bytes, the largest first; months of a history are one. */
async function listTables(): Promise<{ name: string; rows: number; indexes: number }[]> {
  const { rows } = await database().pool.query<{ name: string; rows: string; indexes: string }>(
    `SELECT coalesce(i.inhparent, c.oid)::regclass::text AS name, sum(pg_table_size(c.oid)) AS rows, sum(pg_indexes_size(c.oid)) AS indexes
     FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
     GROUP BY 1 ORDER BY sum(pg_total_relation_size(c.oid)) DESC`,
  );
  return rows.map((row) => ({ name: row.name, rows: Number(row.rows), indexes: Number(row.indexes) }));
}
