import { database } from "../database.ts";

export type StoredCounts = {
  findings: { status: string; severity: string; count: number }[];
  syncRuns: { state: string; count: number }[];
};

/** How many findings there are by status and severity (from the cube), and sync runs by state. */
export async function getStoredCounts(): Promise<StoredCounts> {
  const { pool } = database();
  const [findings, syncRuns] = await Promise.all([
    pool.query<StoredCounts["findings"][number]>(
      "SELECT status, severity, sum(n)::int AS count FROM finding_cube GROUP BY status, severity",
    ),
    pool.query<StoredCounts["syncRuns"][number]>("SELECT state, count(*)::int AS count FROM sync_run GROUP BY state"),
  ]);
  return { findings: findings.rows, syncRuns: syncRuns.rows };
}
