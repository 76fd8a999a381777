import type pg from "pg";
import { database, UPKEEP } from "../database.ts";

/** An index that was rebuilt, in bytes. */
export type RebuiltIndex = { index: string; bytesBefore: number; bytesAfter: number };

/** What is smaller is not worth it. */
const LEAST_BYTES = 8 * 1024 ** 2;
/** Rebuilt when it takes so many times the room for each row that it took when it was last rebuilt. */
const SWOLLEN = 1.2;
/** While rows come in masses, an index swells again at once: no index is rebuilt more often. */
const DAYS_BETWEEN = 1;
/** Whoever reads for longer (an export) is not waited for: it is tried again. */
const PATIENCE = "5min";

/** B-trees that this role may rebuild: its own, or those whose owner lets it (from PostgreSQL 17 on). */
const SWOLLEN_INDEXES = `
  SELECT c.relname AS index, pg_relation_size(c.oid) AS bytes
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
  JOIN pg_am m ON m.oid = c.relam AND m.amname = 'btree'
  LEFT JOIN index_upkeep u ON u.index_name = c.relname
  WHERE c.relkind = 'i' AND c.relnamespace = 'public'::regnamespace AND i.indisvalid AND pg_relation_size(c.oid) >= $1
    AND (pg_has_role(t.relowner, 'USAGE') OR CASE WHEN current_setting('server_version_num')::int >= 170000
      THEN has_table_privilege(t.oid, 'MAINTAIN') ELSE false END)
    AND (u.index_name IS NULL OR (u.rebuilt_at <= $2::timestamptz - make_interval(days => ${DAYS_BETWEEN})
      AND pg_relation_size(c.oid) / greatest(c.reltuples, 1) > ${SWOLLEN} * u.bytes / u.entries))
  ORDER BY bytes, index`;

/**
 * Rebuilds the indexes whose pages stand half empty, as syncs leave them that write in the middle of an index, one at a
 * time and the smallest first; yields each. Nobody waits for it. Does nothing while another does it. Broken off at any
 * point, what is left of it goes the next time. Throws when somebody reads a table for more than five minutes.
 */
export async function* rebuildSwollenIndexes(
  now: Date,
  signal: AbortSignal,
  leastBytes = LEAST_BYTES,
): AsyncGenerator<RebuiltIndex> {
  const client = await database().pool.connect();
  let stopCancelling = () => {};
  try {
    stopCancelling = await cancelWith(client, signal);
    const { rows: locks } = await client.query<{ taken: boolean }>(
      "SELECT pg_try_advisory_lock(hashtext('index_upkeep')) AS taken",
    );
    if (!locks[0]?.taken) return;
    await client.query(`SET application_name = '${UPKEEP}'; SET lock_timeout = '${PATIENCE}'`);
    await client.query("SELECT drop_index_leftovers()");
    const { rows: swollen } = await client.query<{ index: string; bytes: string }>(SWOLLEN_INDEXES, [leastBytes, now]);
    for (const { index, bytes } of swollen) {
      signal.throwIfAborted();
      yield { index, bytesBefore: Number(bytes), bytesAfter: await rebuild(client, index, now) };
    }
  } finally {
    stopCancelling();
    // The server hears later that the session ends, and with it the name, the patience and, at the latest, the lock.
    await client.query("SELECT pg_advisory_unlock_all()").catch(() => {});
    client.release(true);
  }
}

/** Returns how many bytes it takes now, and remembers that. */
async function rebuild(client: pg.ClientBase, index: string, now: Date): Promise<number> {
  await client.query(`REINDEX INDEX CONCURRENTLY public.${client.escapeIdentifier(index)}`);
  const { rows } = await client.query<{ bytes: string }>(
    `INSERT INTO index_upkeep AS u (index_name, bytes, entries, rebuilt_at)
     SELECT relname, pg_relation_size(oid), greatest(reltuples, 1), $2 FROM pg_class
     WHERE relname = $1 AND relnamespace = 'public'::regnamespace
     ON CONFLICT (index_name) DO UPDATE SET bytes = EXCLUDED.bytes, entries = EXCLUDED.entries, rebuilt_at = EXCLUDED.rebuilt_at
     RETURNING bytes`,
    [index, now],
  );
  return Number(rows[0]?.bytes);
}

/** Whoever ends the worker does not wait for an index of gigabytes: the server is told to stop. */
async function cancelWith(client: pg.ClientBase, signal: AbortSignal): Promise<() => void> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  // What cannot be cancelled any more has ended, or its session ends with the process.
  const cancel = () =>
    void database()
      .pool.query("SELECT pg_cancel_backend($1)", [rows[0]?.pid])
      .catch(() => {});
  signal.addEventListener("abort", cancel, { once: true });
  return () => signal.removeEventListener("abort", cancel);
}
