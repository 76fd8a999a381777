import pg from "pg";
import { remakeDictionaries } from "#lib/db/write/dictionaries.ts";
import { recountRollups } from "#lib/db/write/rollups.ts";

const TABLES = ["finding", "resource", "vulnerability", "issue"];

/**
 * Fills tables as a restore does: indexes and counts are made once the rows are there, which takes a tenth of the time.
 * Afterwards the statistics are as autovacuum leaves them, which a benchmark would not wait for.
 */
export async function withoutIndexes(ownerUrl: string, fill: () => Promise<void>): Promise<void> {
  const owner = new pg.Client(ownerUrl);
  await owner.connect();
  try {
    const { rows: indexes } = await owner.query<{ name: string; made: string }>(
      `SELECT i.indexname AS name, i.indexdef AS made FROM pg_indexes i
       WHERE i.schemaname = 'public' AND i.tablename = ANY ($1) AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname)`,
      [TABLES],
    );
    for (const { name } of indexes) await owner.query(`DROP INDEX ${name}`);
    await owner.query("ALTER TABLE finding DISABLE TRIGGER USER");
    await fill();
    await owner.query("SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'");
    for (const { made } of indexes) await owner.query(made);
    await owner.query("ALTER TABLE finding ENABLE TRIGGER USER");
    await owner.query("BEGIN");
    await recountRollups(owner);
    await remakeDictionaries(owner);
    await owner.query("COMMIT");
    await owner.query("VACUUM ANALYZE");
  } finally {
    await owner.end();
  }
}
