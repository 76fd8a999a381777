import type pg from "pg";
import { inTransaction } from "../database.ts";
import { ISSUE_FIXES } from "./clock-rollups.ts";
import { remakeDictionaries } from "./dictionaries.ts";
import { type IssueKey, refreshIssues } from "./issues.ts";
import { recountRollups } from "./rollups.ts";
import { saveDueDates } from "./sla/due-dates.ts";
import { placeTeamsOfAccount } from "./teams/place-teams.ts";

const ISSUES_AT_ONCE = 5_000;

/**
 * Makes everything anew that is kept beside the findings and their events: issues and their clocks, present versions,
 * rollups, dictionaries. Writers wait until it is done; readers do not.
 */
export async function rebuildRollups(): Promise<void> {
  await inTransaction(async (client) => {
    await client.query(
      "LOCK TABLE finding, lifecycle_event, issue, issue_clock, issue_clock_version, finding_version IN SHARE ROW EXCLUSIVE MODE",
    );
    const { rows: issues } = await client.query<IssueKey>(
      `SELECT account_id AS "accountId", issue_id AS id FROM finding
       UNION SELECT account_id, id FROM issue UNION SELECT account_id, issue_id FROM issue_clock`,
    );
    for (let start = 0; start < issues.length; start += ISSUES_AT_ONCE) {
      await refreshIssues(client, issues.slice(start, start + ISSUES_AT_ONCE), null);
    }
    await remakeClockVersions(client);
    await replaceTeams(client);
    for (let start = 0; start < issues.length; start += ISSUES_AT_ONCE) {
      await saveDueDates(client, issues.slice(start, start + ISSUES_AT_ONCE));
    }
    await client.query(
      "DELETE FROM finding_version v WHERE NOT EXISTS (SELECT 1 FROM finding f WHERE f.account_id = v.account_id AND f.id = v.finding_id)",
    );
    await client.query(
      `DELETE FROM finding_version v USING finding f
       WHERE f.account_id = v.account_id AND f.id = v.finding_id AND v.valid_from > f.updated_at`,
    );
    await client.query(
      `INSERT INTO finding_version AS v (account_id, finding_id, valid_from, status, severity, score, rank, assignee_id, due_at)
       SELECT f.account_id, f.id, f.updated_at, f.status, f.severity, f.score, f.rank, i.assignee_id, i.due_at
       FROM finding f JOIN issue i ON i.account_id = f.account_id AND i.id = f.issue_id
       ON CONFLICT (account_id, finding_id, valid_from) DO UPDATE SET valid_to = 'infinity', status = EXCLUDED.status,
         severity = EXCLUDED.severity, score = EXCLUDED.score, rank = EXCLUDED.rank,
         assignee_id = EXCLUDED.assignee_id, due_at = EXCLUDED.due_at
       WHERE (v.status, v.severity, v.score, v.rank, v.assignee_id, v.due_at, v.valid_to) IS DISTINCT FROM
         (EXCLUDED.status, EXCLUDED.severity, EXCLUDED.score, EXCLUDED.rank, EXCLUDED.assignee_id, EXCLUDED.due_at, 'infinity'::timestamptz)`,
    );
    await remakeFixes(client);
    await recountRollups(client);
    await remakeDictionaries(client);
  });
}

/** Which team has which place, by the teams' rules. */
async function replaceTeams(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM account UNION SELECT account_id FROM lineage_team",
  );
  for (const { id } of rows) await placeTeamsOfAccount(client, id);
}

/** Only what is otherwise is written: a row that goes or comes is counted by team. */
async function remakeFixes(client: pg.ClientBase): Promise<void> {
  await client.query(
    `WITH fix AS MATERIALIZED (${ISSUE_FIXES}), gone AS (
       DELETE FROM issue_fix i WHERE NOT EXISTS (
         SELECT FROM fix f WHERE (f.account_id, f.issue_id, f.month, f.month_before) = (i.account_id, i.issue_id, i.month, i.month_before))
     )
     INSERT INTO issue_fix (account_id, issue_id, month, month_before)
     SELECT account_id, issue_id, month, month_before FROM fix ON CONFLICT DO NOTHING`,
  );
}

/** Where a clock is not known to say what it says, its history begins with the last change of its findings. */
async function remakeClockVersions(client: pg.ClientBase): Promise<void> {
  await client.query(
    `DELETE FROM issue_clock_version v WHERE valid_to = 'infinity' AND NOT EXISTS (
       SELECT 1 FROM issue_clock k WHERE (k.account_id, k.issue_id, k.number) = (v.account_id, v.issue_id, v.number)
         AND (k.opened_at, k.closed_at, k.is_fix) IS NOT DISTINCT FROM (v.opened_at, v.closed_at, v.is_fix))`,
  );
  await client.query(
    `INSERT INTO issue_clock_version AS v (account_id, issue_id, number, valid_from, valid_to, opened_at, closed_at, is_fix)
     SELECT k.account_id, k.issue_id, k.number, max(f.updated_at), 'infinity', k.opened_at, k.closed_at, k.is_fix
     FROM issue_clock k JOIN finding f ON f.account_id = k.account_id AND f.issue_id = k.issue_id
     WHERE NOT EXISTS (SELECT 1 FROM issue_clock_version p
       WHERE (p.account_id, p.issue_id, p.number) = (k.account_id, k.issue_id, k.number) AND p.valid_to = 'infinity')
     GROUP BY k.account_id, k.issue_id, k.number
     ON CONFLICT (account_id, issue_id, number, valid_from) DO UPDATE SET valid_to = EXCLUDED.valid_to,
       opened_at = EXCLUDED.opened_at, closed_at = EXCLUDED.closed_at, is_fix = EXCLUDED.is_fix`,
  );
}
