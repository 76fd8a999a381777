import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "#lib/config/env.ts";
import { PrismaClient } from "./generated/client.ts";

/** Prisma for single rows and settings; the pool for lists, batches and COPY. Both lead to the same database. */
export type Database = { prisma: PrismaClient; pool: pg.Pool };

// On globalThis: Next bundles this module more than once, and one process needs one pool.
declare global {
  var sightlineDatabase: Database | undefined;
}

/**
 * The process's database; the first call opens it from the environment, with its limit of time for each statement. Nothing
 * is connected before it is used.
 */
export function database(): Database {
  globalThis.sightlineDatabase ??= connect(env().DATABASE_URL, env().SIGHTLINE_STATEMENT_SECONDS);
  return globalThis.sightlineDatabase;
}

/** Makes `url` the process's database, instead of the environment's; its statements may take as long as they need. */
export function openDatabase(url: string, statementSeconds: number | null = null): Database {
  globalThis.sightlineDatabase = connect(url, statementSeconds);
  return globalThis.sightlineDatabase;
}

/** Ends every connection of the process; the next use opens them again. */
export async function closeDatabase(): Promise<void> {
  const open = globalThis.sightlineDatabase;
  globalThis.sightlineDatabase = undefined;
  await open?.prisma.$disconnect();
  await open?.pool.end();
}

/**
 * What stops early is answered sooner by one process than others are started, and from the table's start, so that it is
 * answered alike each time.
 */
const PLANNING = "-c parallel_setup_cost=100000 -c synchronize_seqscans=off";

/** Prisma writes and reads instants without their zone, in UTC: so must the session take them, whatever the server's is. */
const IN_UTC = "-c timezone=UTC";

const toLimit = (seconds: number | null) => (seconds === null ? "" : ` -c statement_timeout=${seconds}s`);
/** What changes something is a transaction, and may take as long as it needs. */
const BEGIN = "BEGIN; SET LOCAL statement_timeout = 0";

function connect(url: string, statementSeconds: number | null): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 5_000,
    application_name: "sightline",
    options: `${PLANNING} ${IN_UTC}${toLimit(statementSeconds)}`,
  });
  // A connection that the server ends (a restart) is dropped by the pool, and what was under way on it rejects; without
  // these listeners it would end the process too.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const adapter = new PrismaPg({ connectionString: url, max: 4, options: IN_UTC });
  return { prisma: new PrismaClient({ adapter }), pool };
}

/** The name of the sessions that rebuild indexes: they may take long, and record nothing that anybody could ask for. */
export const UPKEEP = "sightline-upkeep";

/** Runs `work` in one transaction on one connection; rolls back when it throws. */
export async function inTransaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database().pool.connect();
  try {
    await client.query(BEGIN);
    const result = await work(client);
    await client.query("COMMIT");
    client.release();
    return result;
  } catch (error) {
    // A connection that cannot roll back is broken: release(true) closes it.
    const rolledBack = await client.query("ROLLBACK").then(
      () => true,
      () => false,
    );
    client.release(!rolledBack);
    throw error;
  }
}
