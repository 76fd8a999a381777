import type pg from "pg";
import type { FindingRow } from "./finding-row.ts";

/** A finding that changed, as far as its versions are concerned. */
type VersionedChange = {
  before: Pick<FindingRow, "updated_at"> | null;
  after: Pick<FindingRow, "account_id" | "id" | "updated_at">;
  events: unknown[];
};

/**
 * Writes how changed findings stand from now on, and ends the version before. Changed again at the same instant, a
 * version is overwritten. Runs after the findings and their issues were written.
 */
export async function saveVersions(client: pg.ClientBase, changes: VersionedChange[]): Promise<void> {
  const changed = changes.filter(({ events }) => events.length > 0);
  if (changed.length === 0) return;
  const ended = changed.filter(({ before, after }) => before && before.updated_at < after.updated_at);
  if (ended.length > 0) {
    await client.query(
      `UPDATE finding_version AS v SET valid_to = c.valid_to
       FROM unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS c (account_id, id, valid_from, valid_to)
       WHERE v.account_id = c.account_id AND v.finding_id = c.id AND v.valid_from = c.valid_from`,
      [
        ended.map(({ after }) => after.account_id),
        ended.map(({ after }) => after.id),
        ended.map(({ before }) => before?.updated_at),
        ended.map(({ after }) => after.updated_at),
      ],
    );
  }
  await client.query(
    `INSERT INTO finding_version AS v (account_id, finding_id, valid_from, status, severity, score, rank, assignee_id, due_at)
     SELECT f.account_id, f.id, f.updated_at, f.status, f.severity, f.score, f.rank, i.assignee_id, i.due_at
     FROM unnest($1::text[], $2::uuid[]) AS c (account_id, id)
     -- OFFSET 0 keeps both a look-up for each, whatever the tables' size.
     CROSS JOIN LATERAL (SELECT * FROM finding WHERE account_id = c.account_id AND id = c.id OFFSET 0) AS f
     CROSS JOIN LATERAL (SELECT assignee_id, due_at FROM issue WHERE account_id = f.account_id AND id = f.issue_id OFFSET 0) AS i
     ON CONFLICT (account_id, finding_id, valid_from) DO UPDATE SET status = EXCLUDED.status,
       severity = EXCLUDED.severity, score = EXCLUDED.score, rank = EXCLUDED.rank,
       assignee_id = EXCLUDED.assignee_id, due_at = EXCLUDED.due_at`,
    [changed.map(({ after }) => after.account_id), changed.map(({ after }) => after.id)],
  );
}
