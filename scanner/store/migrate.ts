import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

type Migration = { name: string; sha256: string; sql: string };

const FOLDER = join(import.meta.dirname, "sql");

/** The scanner's own migrations, in order. */
export function readMigrations(folder = FOLDER): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  return names.sort().map((name) => {
    const sql = readFileSync(join(folder, name), "utf8");
    return { name, sql, sha256: createHash("sha256").update(sql).digest("hex") };
  });
}

/**
 * Brings schema `scanner` up to date, all or nothing, one process at a time. PostgreSQL 15 or newer.
 * Throws when the schema was migrated by a newer version, or by a file that has been edited since.
 */
export async function migrateScanner(url: string, migrations = readMigrations()): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('scanner-migrations', 0))");
    await createSchema(client);
    const applied = await listApplied(client);
    refuseForeign(applied, migrations);
    for (const migration of migrations.slice(applied.length)) await apply(client, migration);
    await client.query("COMMIT");
  } finally {
    // Ends the transaction too, if it has not been committed.
    await client.end();
  }
}

/** Looks first: even IF NOT EXISTS needs the right to create schemas, which the scanner's own role does not have. */
async function createSchema(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_namespace WHERE nspname = 'scanner'");
  if (rowCount === 0) await client.query("CREATE SCHEMA scanner");
  await client.query(`
    CREATE TABLE IF NOT EXISTS scanner.migration (
      name text PRIMARY KEY,
      sha256 text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`);
}

async function listApplied(client: pg.Client): Promise<{ name: string; sha256: string }[]> {
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'SELECT name, sha256 FROM scanner.migration ORDER BY name COLLATE "C"',
  );
  return rows;
}

function refuseForeign(applied: { name: string; sha256: string }[], migrations: Migration[]): void {
  for (const [index, { name, sha256 }] of applied.entries()) {
    const own = migrations[index];
    if (own?.name !== name) throw new Error(`The scanner's tables come from a newer version: ${name} is unknown here`);
    if (own.sha256 !== sha256) throw new Error(`The scanner's migration ${name} was edited after it had been applied`);
  }
}

async function apply(client: pg.Client, { name, sha256, sql }: Migration): Promise<void> {
  await client.query(sql);
  await client.query("INSERT INTO scanner.migration (name, sha256) VALUES ($1, $2)", [name, sha256]);
}
