import type { Sample } from "#lib/domain/sample.ts";
import { type SampleProgress, sampleProgressSchema } from "#lib/domain/sample-progress.ts";
import { database } from "../database.ts";

/** How far the sample organisation is; null where there never was one. */
export async function getSampleProgress(): Promise<SampleProgress | null> {
  const { rows } = await database().pool.query<{ value: unknown }>("SELECT value FROM setting WHERE key = 'sample'");
  return rows[0] === undefined ? null : sampleProgressSchema.parse(rows[0].value);
}

/** The sample organisation as pages and the API tell of it. */
export async function getSample(): Promise<Sample> {
  const [progress, counts] = await Promise.all([getSampleProgress(), countSample()]);
  return {
    state: progress?.state ?? "off",
    week: progress?.week ?? 0,
    weeks: progress?.weeks ?? 0,
    isShown: progress?.hidden !== true,
    ...counts,
  };
}

async function countSample(): Promise<Pick<Sample, "accounts" | "findings" | "openFindings">> {
  const { rows } = await database().pool.query<{ accounts: number; findings: number; open: number }>(`
    SELECT count(DISTINCT account_id)::int AS accounts, coalesce(sum(n), 0)::int AS findings,
      coalesce(sum(n) FILTER (WHERE status <> 'closed'), 0)::int AS open
    FROM finding_cube WHERE is_sample AND n > 0`);
  const [row] = rows;
  return { accounts: row?.accounts ?? 0, findings: row?.findings ?? 0, openFindings: row?.open ?? 0 };
}

/** The sample's connections, by region, with the clock of the last pass of each. */
export async function listSampleConnections(): Promise<{ id: string; region: string; lastPassAt: Date | null }[]> {
  const { rows } = await database().pool.query<{ id: string; region: string; lastPassAt: Date | null }>(`
    SELECT c.id, c.region, (SELECT max(as_of) FROM sync_run r
      WHERE r.connection_id = c.id AND r.state IN ('succeeded', 'held')) AS "lastPassAt"
    FROM connection c WHERE c.is_sample AND c.disconnected_at IS NULL ORDER BY c.region, c.id`);
  return rows;
}

/** True where a person has connected an account of their own. */
export async function hasOwnConnection(): Promise<boolean> {
  const where = { source: "inspector", isSample: false, disconnectedAt: null };
  return (await database().prisma.connection.findFirst({ where, select: { id: true } })) !== null;
}
