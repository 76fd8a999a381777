import type pg from "pg";
import type { EpssScore } from "#lib/domain/feed.ts";
import { vulnerabilityId } from "../identity.ts";
import { type Columns, copyRows } from "./copy-rows.ts";
import { holdFeeds, lockFeeds } from "./feed-lock.ts";
import { withoutDeadlocks } from "./write-transaction.ts";

const SCORE_COLUMNS = { vulnerability_id: "uuid", epss: "float4", percentile: "float4?" } as const satisfies Columns;

/** What the imported list says of these vulnerabilities. It stays so until the transaction ends. */
export async function listedEpss(client: pg.ClientBase, vulnerabilityIds: string[]): Promise<Map<string, number>> {
  await holdFeeds(client);
  const { rows } = await client.query<{ id: string; epss: number }>(
    "SELECT vulnerability_id AS id, epss FROM epss_score WHERE vulnerability_id = ANY ($1)",
    [vulnerabilityIds],
  );
  return new Map(rows.map(({ id, epss }) => [id, epss]));
}

/**
 * Makes the list that of `entries`, and each vulnerability's EPSS what the list says, else its source; only what
 * differs is written. Returns how many scores came or moved, and how many left.
 */
export async function saveEpssScores(entries: EpssScore[]): Promise<{ added: number; removed: number }> {
  return await withoutDeadlocks(async (client) => {
    await lockFeeds(client);
    await client.query("CREATE TEMPORARY TABLE new_score (LIKE epss_score INCLUDING ALL) ON COMMIT DROP");
    await copyRows(
      client,
      "new_score",
      SCORE_COLUMNS,
      entries.map(({ cve, epss, percentile }) => ({ vulnerability_id: vulnerabilityId(cve), epss, percentile })),
    );
    await client.query("ANALYZE new_score");
    const { rowCount: added } = await client.query(
      `INSERT INTO epss_score AS e SELECT * FROM new_score ON CONFLICT (vulnerability_id)
       DO UPDATE SET epss = EXCLUDED.epss, percentile = EXCLUDED.percentile
       WHERE (e.epss, e.percentile) IS DISTINCT FROM (EXCLUDED.epss, EXCLUDED.percentile)`,
    );
    const { rowCount: removed } = await client.query(
      "DELETE FROM epss_score e WHERE NOT EXISTS (SELECT FROM new_score n WHERE n.vulnerability_id = e.vulnerability_id)",
    );
    await updateVulnerabilities(client);
    return { added: added ?? 0, removed: removed ?? 0 };
  });
}

/** In order of id, as every writer of vulnerabilities takes them. */
async function updateVulnerabilities(client: pg.ClientBase): Promise<void> {
  await client.query(
    `UPDATE vulnerability AS v SET epss = s.epss
     FROM (
       SELECT o.id, coalesce(e.epss, o.source_epss) AS epss
       FROM vulnerability o LEFT JOIN epss_score e ON e.vulnerability_id = o.id
       WHERE o.epss IS DISTINCT FROM coalesce(e.epss, o.source_epss) ORDER BY o.id FOR UPDATE OF o
     ) AS s WHERE v.id = s.id`,
  );
}
