import { inTransaction } from "../database.ts";
import { type IssueKey, refreshIssues } from "./issues.ts";
import { recountRollups } from "./rollups.ts";

const ISSUES_AT_ONCE = 5_000;

/**
 * Makes everything anew that is kept beside the findings and their events: issues and their clocks, present versions,
 * rollups. Writers wait until it is done; readers do not.
 */
export async function rebuildRollups(): Promise<void> {
  await inTransaction(async (client) => {
    await client.query(
      "LOCK TABLE finding, lifecycle_event, issue, issue_clock, finding_version IN SHARE ROW EXCLUSIVE MODE",
    );
    const { rows: issues } = await client.query<IssueKey>(
      `SELECT account_id AS "accountId", issue_id AS id FROM finding
       UNION SELECT account_id, id FROM issue UNION SELECT account_id, issue_id FROM issue_clock`,
    );
    for (let start = 0; start < issues.length; start += ISSUES_AT_ONCE) {
      await refreshIssues(client, issues.slice(start, start + ISSUES_AT_ONCE));
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
         severity = EXCLUDED.severity, score = EXCLUDED.score, rank = EXCLUDED.rank
       WHERE (v.status, v.severity, v.score, v.rank, v.valid_to) IS DISTINCT FROM
         (EXCLUDED.status, EXCLUDED.severity, EXCLUDED.score, EXCLUDED.rank, 'infinity'::timestamptz)`,
    );
    await recountRollups(client);
  });
}
