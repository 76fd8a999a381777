import { hash } from "node:crypto";
import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import type { SourceName } from "#lib/domain/finding.ts";
import { database, inTransaction } from "../database.ts";
import type { SyncPass } from "./sync-pass.ts";

const DEADLOCK = "40P01";
const MOST_ATTEMPTS = 5;

/**
 * One transaction that changes findings of these accounts. It has them to itself, whichever source others write for: they
 * may share places, and with them teams. It begins again when PostgreSQL ends it to break a deadlock: `work` must be able
 * to run twice.
 */
export async function inAccounts<T>(
  source: SourceName,
  accountIds: Iterable<string>,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return await inAccountsOfSources(
    [...accountIds].map((accountId) => ({ source, accountId })),
    work,
  );
}

/**
 * Whoever writes in an account holds this source's lock on it. Their own source's too, for the sake of processes of an
 * older version, which hold no other.
 */
const OF_ALL: SourceName = "inspector";

/** The same for accounts of several sources. */
export async function inAccountsOfSources<T>(
  accounts: { source: SourceName; accountId: string }[],
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const names = accounts.flatMap(({ source, accountId }) => [
    toLockName(OF_ALL, accountId),
    toLockName(source, accountId),
  ]);
  const locks = [...new Set(names)].map(lockNumber).sort(byNumber);
  return await withoutDeadlocks(async (client) => {
    // One after the other in the order of their numbers, which is the same for every writer.
    await client.query("SELECT pg_advisory_xact_lock(number) FROM unnest($1::bigint[]) AS number", [locks]);
    return await work(client);
  });
}

/** The same for a pass: throws AppError `conflict`, having written nothing, once its run was ended or taken over. */
export async function inPass<T>(
  pass: SyncPass,
  accountIds: Iterable<string>,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  await ensureHistoryMonth(pass.now);
  return await inAccounts(pass.connection.source, accountIds, async (client) => {
    await holdFence(client, pass);
    return await work(client);
  });
}

/** Begins again when PostgreSQL ended the transaction to break a deadlock. */
export async function withoutDeadlocks<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(work);
    } catch (error) {
      const isDeadlock = error instanceof Error && "code" in error && error.code === DEADLOCK;
      if (!isDeadlock || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/** Until the transaction ends nobody can end this run or take it over. */
export async function holdFence(client: pg.ClientBase, pass: SyncPass): Promise<void> {
  const { rowCount } = await client.query(
    "SELECT 1 FROM sync_run WHERE id = $1 AND attempt = $2 AND state = 'running' FOR SHARE",
    [pass.runId, pass.attempt],
  );
  if (rowCount === 0) throw new AppError("conflict", "This sync run was ended or taken over by another.");
}

const historyMonths = new WeakMap<pg.Pool, Set<string>>();

/** Makes the partitions for what is recorded at that instant, in a transaction of its own; once a process and month. */
export async function ensureHistoryMonth(at: Date): Promise<void> {
  const { pool } = database();
  const known = historyMonths.get(pool) ?? new Set();
  historyMonths.set(pool, known);
  const month = at.toISOString().slice(0, 7);
  if (known.has(month)) return;
  await pool.query("SELECT ensure_history_month($1)", [at]);
  known.add(month);
}

function toLockName(source: SourceName, accountId: string): string {
  return `${source}\0${accountId}`;
}

function lockNumber(name: string): bigint {
  return hash("sha256", `finding\0${name}`, "buffer").readBigInt64BE();
}

function byNumber(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
