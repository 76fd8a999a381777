import type pg from "pg";
import type { RollupDifference } from "../rollups.ts";
import { WANTED_TEAMS } from "./place-teams.ts";

const MOST_TOLD = 100;

/**
 * Places that are another team's than the rules say, at most 100, but for those that all resources have left, which keep
 * their last one; none while changed rules are still being carried out.
 */
export async function listTeamDifferences(client: pg.ClientBase): Promise<RollupDifference[]> {
  const { rows } = await client.query<RollupDifference>(
    `WITH place AS (SELECT DISTINCT account_id, lineage_id FROM resource), ${WANTED_TEAMS}
     SELECT 'lineage_team' AS rollup,
       concat_ws(' ', coalesce(w.account_id, t.account_id), coalesce(w.lineage_id, t.lineage_id)) AS key,
       coalesce(t.team_id, 'none') AS stored, coalesce(w.team_id, 'none') AS counted
     FROM within w FULL JOIN lineage_team t ON t.account_id = w.account_id AND t.lineage_id = w.lineage_id
     WHERE w.team_id IS DISTINCT FROM t.team_id
       AND (w.lineage_id IS NOT NULL OR NOT EXISTS (SELECT FROM team WHERE id = t.team_id)) AND NOT EXISTS (
       SELECT FROM setting WHERE key = 'rules' AND (value->>'applied')::int < (value->>'asked')::int)
     LIMIT ${MOST_TOLD}`,
  );
  return rows;
}
