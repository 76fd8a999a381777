import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { withClient } from "../postgres/roles.ts";
import { StartError } from "../start-error.ts";

export type Migration = { name: string; sql: string; checksum: string };
type AppliedMigration = { name: string; checksum: string; isFinished: boolean };

// The advisory lock that Prisma's own engine takes: the two never migrate at the same time.
const PRISMA_LOCK = 72_707_369;

/**
 * Brings the database up to the migrations in `folder`, as `prisma migrate deploy` does: same table, same lock,
 * same checksums. Returns the names it applied, in order.
 * Throws, and changes nothing, when the database is newer than the code, when a migration was edited after it had
 * been applied, or when one failed earlier.
 */
export async function deployMigrations(databaseUrl: string, folder = "prisma/migrations"): Promise<string[]> {
  const migrations = readMigrations(folder);
  return await withClient(databaseUrl, async (client) => {
    // Ends with the session.
    await client.query("SELECT pg_advisory_lock($1)", [PRISMA_LOCK]);
    await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
      id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
      migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
      started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`);
    const pending = pendingMigrations(migrations, await listApplied(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  });
}

/** The migrations of a folder in the order in which they apply. */
export function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map(({ name }) => {
      const sql = readFileSync(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What remains to be applied. Throws when the database's history and the code's do not fit together. */
export function pendingMigrations(migrations: Migration[], applied: AppliedMigration[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum, isFinished } of applied) {
    const migration = known.get(name);
    if (!migration) {
      throw new StartError(
        `The database is newer than this version of Sightline: it has the migration ${name}, which this version ` +
          "does not know. Run the newer version, or restore a backup made before the upgrade.",
      );
    }
    if (!isFinished)
      throw new StartError(`The migration ${name} failed earlier. Restore a backup, or repair it by hand.`);
    if (migration.checksum !== checksum) throw new StartError(`The migration ${name} was edited after it was applied.`);
  }
  const done = new Set(applied.map((migration) => migration.name));
  return migrations.filter((migration) => !done.has(migration.name));
}

async function listApplied(client: pg.Client): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(`
    SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished"
    FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`);
  return rows;
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query("INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)", [
    id,
    checksum,
    name,
  ]);
  try {
    // One message is one transaction, unless the file has its own BEGIN and COMMIT.
    await client.query(sql);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    await client.query("UPDATE _prisma_migrations SET logs = $2 WHERE id = $1", [id, reason]);
    throw new StartError(`The migration ${name} failed: ${reason}`, { cause });
  }
  await client.query("UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1", [id]);
}
