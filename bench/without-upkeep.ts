import type pg from "pg";
import { ISSUE_FIXES } from "#lib/db/write/clock-rollups.ts";
import { recountRollups } from "#lib/db/write/rollups.ts";
import { withClient } from "#local/postgres/roles.ts";

const TABLES = [
  "finding",
  "finding_version",
  "lifecycle_event",
  "issue",
  "issue_clock",
  "issue_clock_version",
  "issue_fix",
];

/**
 * Fills the tables of findings without their indexes and triggers, and makes good for both afterwards: indexes are built,
 * and every rollup is counted from what is there.
 */
export async function withoutUpkeep(ownerUrl: string, fill: () => Promise<void>): Promise<void> {
  await withClient(ownerUrl, async (owner) => {
    await owner.query("SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'; SET synchronous_commit = off");
    for (const table of TABLES) await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    const indexes = await dropIndexes(owner);
    await fill();
    for (const index of indexes) await owner.query(index);
    await owner.query("ANALYZE");
    await owner.query("BEGIN");
    await owner.query(`INSERT INTO issue_fix (account_id, issue_id, month, month_before) ${ISSUE_FIXES}`);
    await recountRollups(owner);
    await owner.query("COMMIT");
    for (const table of TABLES) await owner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
    // As autovacuum leaves it, which a benchmark would not wait for.
    await owner.query("VACUUM ANALYZE");
  });
}

/** Writes without the triggers that keep rollups. They are wrong afterwards. */
export async function withoutRollups(ownerUrl: string, write: () => Promise<void>): Promise<void> {
  await withClient(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ name: string; table: string }>(
      `SELECT quote_ident(tgname) AS name, tgrelid::regclass::text AS "table" FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
       WHERE NOT tgisinternal AND t.tgrelid = ANY ($1::text[]::regclass[]) AND p.proname ~ '^(roll_up|move|count|uncount)_'`,
      [TABLES],
    );
    const setTriggers = async (state: "DISABLE" | "ENABLE") => {
      for (const { name, table } of rows) await owner.query(`ALTER TABLE ${table} ${state} TRIGGER ${name}`);
    };
    await setTriggers("DISABLE");
    await write();
    await setTriggers("ENABLE");
  });
}

/** All but primary keys. Returns how they are made again. */
async function dropIndexes(owner: pg.ClientBase): Promise<string[]> {
  const { rows } = await owner.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
     FROM pg_index i WHERE i.indrelid = ANY ($1::text[]::regclass[]) AND NOT i.indisprimary`,
    [TABLES],
  );
  for (const { name } of rows) await owner.query(`DROP INDEX ${name}`);
  // Of a partitioned table the definition is that of the parent alone.
  return rows.map(({ definition }) => definition.replace(" ON ONLY ", " ON "));
}
