import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDatabase, databaseUrls, grantSchemas, saveRoles, withDatabase } from "../postgres/roles.ts";
import { startScratchServer } from "../postgres/scratch-server.ts";
import { exitWith, StartError } from "../start-error.ts";
import { deployMigrations } from "./deploy-migrations.ts";
import { schemaDifference } from "./schema-difference.ts";

// Writes the migration that leads from the migrations there are to what schema.prisma says now.
try {
  const name = process.argv[2] ?? "";
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new StartError("Usage: npm run db:new-migration NAME (small letters, digits, _; what the migration does)");
  }
  const sql = await differenceFromMigrations();
  console.log(sql === "" ? "The migrations already say what schema.prisma says." : writeMigration(name, sql));
  process.exit(0);
} catch (error) {
  exitWith(error);
}

async function differenceFromMigrations(): Promise<string> {
  const server = await startScratchServer();
  try {
    const passwords = { owner: "owner", app: "app", scanner: "scanner" };
    const databaseUrl = withDatabase(server.serverUrl, "sightline");
    await saveRoles(server.serverUrl, passwords);
    await createDatabase(server.serverUrl, "sightline");
    await grantSchemas(databaseUrl);
    const { ownerUrl } = databaseUrls(databaseUrl, passwords);
    await deployMigrations(ownerUrl);
    return await schemaDifference(ownerUrl);
  } finally {
    await server.stop();
  }
}

function writeMigration(name: string, sql: string): string {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = join("prisma", "migrations", `${stamp}_${name}`);
  mkdirSync(folder);
  writeFileSync(join(folder, "migration.sql"), sql);
  return `${folder}/migration.sql is written. Read it before you commit it:\n\n${sql}`;
}
