import { database } from "../database.ts";

export type StoredCounts = {
  findings: { status: string; severity: string; count: number }[];
  syncRuns: { state: string; count: number }[];
  /** What the tables take, and their indexes, in bytes; when an index was last rebuilt, in seconds since 1970 or null. */
  room: { rows: number; indexes: number; rebuiltAtSeconds: number | null };
};

/** How many findings there are by status and severity (from the cube), sync runs by state, and the room that they take. */
export async function getStoredCounts(): Promise<StoredCounts> {
  const { pool } = database();
  const [findings, syncRuns, room] = await Promise.all([
    pool.query<StoredCounts["findings"][number]>(
      "SELECT status, severity, sum(n)::int AS count FROM finding_cube GROUP BY status, severity",
    ),
    pool.query<StoredCounts["syncRuns"][number]>("SELECT state, count(*)::int AS count FROM sync_run GROUP BY state"),
    pool.query<StoredCounts["room"]>(
      `SELECT coalesce(sum(pg_table_size(oid)), 0)::float8 AS rows, coalesce(sum(pg_indexes_size(oid)), 0)::float8 AS indexes,
         (SELECT extract(epoch FROM max(rebuilt_at))::float8 FROM index_upkeep) AS "rebuiltAtSeconds"
       FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    ),
  ]);
  const [taken = { rows: 0, indexes: 0, rebuiltAtSeconds: null }] = room.rows;
  return { findings: findings.rows, syncRuns: syncRuns.rows, room: taken };
}
