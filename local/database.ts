import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "./config.ts";
import { deployMigrations } from "./migrations/deploy-migrations.ts";
import { embeddedBinaries } from "./postgres/binaries.ts";
import { type Cluster, startCluster } from "./postgres/cluster.ts";
import {
  createDatabase,
  type DatabaseUrls,
  databaseUrls,
  grantSchemas,
  hasDatabase,
  saveRoles,
  withClient,
  withDatabase,
} from "./postgres/roles.ts";
import { secretIn } from "./secrets.ts";
import { StartError } from "./start-error.ts";
import { logFile } from "./supervisor/log-file.ts";

const NAME = "sightline";
const OLDEST_VERSION = 15;
// Just-in-time compilation costs more than it saves on these queries.
const SETTINGS = { jit: "off", max_wal_size: "2GB", shared_buffers: "256MB" };

/** A migrated database that answers; `cluster` is its server when it is the embedded one. */
export type Database = { urls: DatabaseUrls; applied: string[]; cluster: Cluster | null };

/**
 * Opens the database that the configuration names, or starts (or adopts) the embedded one in DATA_DIR, and migrates
 * it. Throws StartError for a server that is too old and for a database that is newer than the code.
 */
export async function openDatabase(config: Config): Promise<Database> {
  if (config.DATABASE_URL) return openExternal(config.DATABASE_URL, config.SCANNER_DATABASE_URL);
  const cluster = await startEmbedded(config.DATA_DIR);
  try {
    const urls = await prepareEmbedded(config.DATA_DIR, cluster);
    return { urls, cluster, applied: await migrate(urls.ownerUrl, "sightline_app") };
  } catch (error) {
    if (!cluster.isAdopted) await cluster.stop();
    throw error;
  }
}

/** Starts the embedded server in DATA_DIR, on `port` if given. */
export function startEmbedded(dataDir: string, port?: number): Promise<Cluster> {
  return startCluster({
    binaries: embeddedBinaries(),
    dataDir: join(dataDir, "postgres"),
    password: secretIn(join(dataDir, "secrets", "postgres")),
    settings: SETTINGS,
    onLog: logFile(join(dataDir, "logs", "postgres.log")),
    ...(port !== undefined && { port }),
  });
}

async function prepareEmbedded(dataDir: string, cluster: Cluster): Promise<DatabaseUrls> {
  const secret = (name: string) => secretIn(join(dataDir, "secrets", name));
  const passwords = {
    owner: secret("database-owner"),
    app: secret("database-app"),
    scanner: secret("database-scanner"),
  };
  const serverUrl = `postgresql://postgres:${secret("postgres")}@127.0.0.1:${cluster.port}/postgres`;
  const databaseUrl = withDatabase(serverUrl, NAME);
  await saveRoles(serverUrl, passwords);
  if (!(await hasDatabase(serverUrl, NAME))) await createDatabase(serverUrl, NAME);
  await grantSchemas(databaseUrl);
  return databaseUrls(databaseUrl, passwords);
}

// One role does everything, unless the scanner is given one of its own.
async function openExternal(databaseUrl: string, scannerUrl = databaseUrl): Promise<Database> {
  await checkVersion(databaseUrl);
  const applied = await migrate(databaseUrl);
  await ensureSchema(databaseUrl, "pgboss");
  await ensureSchema(scannerUrl, "scanner");
  return { urls: { ownerUrl: databaseUrl, appUrl: databaseUrl, scannerUrl }, applied, cluster: null };
}

async function checkVersion(url: string): Promise<void> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ server_version_num: string }>("SHOW server_version_num"),
  ).catch((cause: Error) => {
    throw new StartError(`DATABASE_URL does not answer: ${cause.message}`, { cause });
  });
  requireSupported(Number(rows[0]?.server_version_num));
}

/** Throws StartError for a server that is too old; PostgreSQL's own number, such as 150004 for 15.4. */
export function requireSupported(versionNumber: number): void {
  const version = Math.floor(versionNumber / 10_000);
  if (version >= OLDEST_VERSION) return;
  throw new StartError(`DATABASE_URL is PostgreSQL ${version}; Sightline needs ${OLDEST_VERSION} or newer.`);
}

async function migrate(ownerUrl: string, readerRole?: string): Promise<string[]> {
  const folder = "prisma/migrations";
  if (!existsSync(folder)) throw new StartError(`There are no migrations in ${folder}.`);
  const applied = await deployMigrations(ownerUrl, folder);
  // The history of migrations is the owner's; the application may look at it.
  if (readerRole) {
    await withClient(ownerUrl, (client) =>
      client.query(`REVOKE INSERT, UPDATE, DELETE ON _prisma_migrations FROM ${readerRole}`),
    );
  }
  return applied;
}

// CREATE SCHEMA IF NOT EXISTS asks for the right to create even where there is nothing to do.
async function ensureSchema(url: string, name: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rowCount } = await client.query("SELECT 1 FROM pg_namespace WHERE nspname = $1", [name]);
    if (rowCount === 0) await client.query(`CREATE SCHEMA ${client.escapeIdentifier(name)}`);
  });
}
