import { readdirSync } from "node:fs";
import { AppError } from "#lib/domain/errors.ts";
import { database } from "../database.ts";

/** Throws `unavailable` unless the database answers and has the newest migration of this version. */
export async function requireReady(migrationsFolder = "prisma/migrations"): Promise<void> {
  const folders = readdirSync(/* turbopackIgnore: true */ migrationsFolder, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const newest = folders
    .map((folder) => folder.name)
    .sort()
    .at(-1);
  const { rowCount } = await database().pool.query(
    "SELECT 1 FROM _prisma_migrations WHERE migration_name = $1 AND finished_at IS NOT NULL AND rolled_back_at IS NULL",
    [newest],
  );
  if (rowCount !== 1) throw new AppError("unavailable", "The database is not migrated to this version yet");
}
