import type pg from "pg";
import type { IssueKey } from "../issues.ts";
import { refreshDueDates } from "../sla/due-dates.ts";
import { type Place, placeTeams } from "./place-teams.ts";

/**
 * Decides anew which team has the places of resources that were written, and when their issues are due where that is
 * another than before. The caller's transaction has the accounts to itself.
 */
export async function followResources(client: pg.ClientBase, places: Place[], now: Date): Promise<void> {
  const moved = await placeTeams(client, places);
  if (moved.length === 0) return;
  const { rows } = await client.query<IssueKey>(
    `SELECT DISTINCT f.account_id AS "accountId", f.issue_id AS id
     FROM unnest($1::text[], $2::uuid[]) AS p (account_id, lineage_id)
     JOIN resource r ON r.account_id = p.account_id AND r.lineage_id = p.lineage_id
     JOIN finding f ON f.account_id = r.account_id AND f.resource_id = r.id WHERE f.status <> 'closed'`,
    [moved.map(({ accountId }) => accountId), moved.map(({ lineageId }) => lineageId)],
  );
  await refreshDueDates(client, rows, { now, written: [], exposures: [] });
}
