import type pg from "pg";
import { SEVERITIES } from "#lib/domain/severities.ts";

export type IssueKey = { accountId: string; id: string };

/** Back within so long = the same clock; later = a new one. */
const SAME_CLOCK = "7 days";

/** The times in which each finding of the issues was open, by the source's clock; the present one has no end. */
const SPANS = `
  touched AS (SELECT DISTINCT account_id, id FROM unnest($1::text[], $2::uuid[]) AS t (account_id, id)),
  member AS MATERIALIZED (
    SELECT f.account_id, f.issue_id, f.id, f.source, f.type, f.status, f.vulnerability_id, f.lineage_id,
      array_position($3::text[], f.severity) AS place
    FROM touched t JOIN finding f ON f.account_id = t.account_id AND f.issue_id = t.id
  ),
  turn AS (
    SELECT m.account_id, m.issue_id, m.place AS present_place, e.kind, e.occurred_at,
      lead(e.occurred_at) OVER finding AS ended_at, lead(e.cause) OVER finding AS cause,
      array_position($3::text[], lead(e.severity_after) OVER finding) AS place
    FROM member m CROSS JOIN LATERAL (
      SELECT kind, cause, severity_after, occurred_at, recorded_at, id FROM lifecycle_event
      WHERE account_id = m.account_id AND finding_id = m.id AND kind IN ('opened', 'closed', 'reopened')
      OFFSET 0 -- keeps it a look-up for each finding, whatever the planner believes of partitions that are new
    ) AS e
    WINDOW finding AS (PARTITION BY m.account_id, m.id ORDER BY e.recorded_at, e.id)
  ),
  span AS (
    SELECT account_id, issue_id, occurred_at AS opened_at, cause, coalesce(place, present_place) AS place,
      CASE WHEN ended_at IS NULL THEN 'infinity' ELSE greatest(occurred_at, ended_at) END AS closed_at
    FROM turn WHERE kind <> 'closed'
  ),`;

/** Spans of an issue less than 7 days apart are one clock; they are numbered from the first. */
const CLOCKS = `
  parted AS (
    SELECT *, max(closed_at) OVER (PARTITION BY account_id, issue_id ORDER BY opened_at, closed_at
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) + $4::interval < opened_at AS is_new
    FROM span
  ),
  numbered AS (
    SELECT *, 1 + count(*) FILTER (WHERE is_new) OVER (PARTITION BY account_id, issue_id ORDER BY opened_at, closed_at
      ROWS UNBOUNDED PRECEDING)::int AS number
    FROM parted
  ),
  clock AS (
    SELECT account_id, issue_id, number, max(number) OVER (PARTITION BY account_id, issue_id) AS last,
      min(opened_at) AS opened_at, nullif(max(closed_at), 'infinity') AS closed_at, min(place) AS place,
      bool_or(cause = 'fixed') AS has_fix, bool_or(cause = 'resource-gone') AS has_gone
    FROM numbered GROUP BY 1, 2, 3
  ),
  standing AS (
    SELECT account_id, issue_id, min(source) AS source, min(type) AS type,
      (array_agg(vulnerability_id))[1] AS vulnerability_id, (array_agg(lineage_id))[1] AS lineage_id,
      count(*) FILTER (WHERE status = 'active')::int AS active, count(*) FILTER (WHERE status <> 'closed')::int AS open,
      coalesce(min(place) FILTER (WHERE status = 'active'), min(place) FILTER (WHERE status <> 'closed'), min(place)) AS place
    FROM member GROUP BY 1, 2
  ),
  -- Joined once, and before anything is left out: the planner takes clocks that are the last for few, and would compare
  -- each of them with every issue.
  stood AS MATERIALIZED (
    SELECT c.*, s.source, s.type, s.vulnerability_id, s.lineage_id, s.active, s.open, s.place AS present_place
    FROM clock c JOIN standing s ON s.account_id = c.account_id AND s.issue_id = c.issue_id
  )`;

/** A closed clock is a fix when a resource is still scanned without the finding: its own, or a rebuilt one of its lineage. */
const IS_FIX = `
  c.closed_at IS NOT NULL AND (c.has_fix OR (c.has_gone AND (
    EXISTS (SELECT 1 FROM coverage v WHERE v.account_id = c.account_id AND v.lineage_id = c.lineage_id AND v.is_scanned)
    OR EXISTS (SELECT 1 FROM resource r JOIN coverage v ON v.account_id = r.account_id AND v.resource_id = r.id
      WHERE r.account_id = c.account_id AND r.lineage_id = c.lineage_id AND v.is_scanned))))`;

/**
 * Brings issues and their clocks in line with their findings: worst severity, counts, when they were open. Both are
 * made anew from the findings and their events, so that the order in which those came makes no difference; only what
 * differs is written. Whether a clock ended in a fix is decided when it ends. Runs after the events were written, at
 * `now`: since then a clock that changes is known to say so; null = since its findings changed.
 */
export async function refreshIssues(client: pg.ClientBase, issues: IssueKey[], now: Date | null): Promise<void> {
  if (issues.length === 0) return;
  await client.query("SELECT set_config('sightline.clock_changed_at', $1, true)", [now?.toISOString() ?? ""]);
  const accountIds = issues.map(({ accountId }) => accountId);
  const ids = issues.map(({ id }) => id);
  await client.query(
    `WITH ${SPANS} ${CLOCKS}, saved_issue AS (
       INSERT INTO issue AS i (account_id, id, vulnerability_id, lineage_id, source, type, severity, active_findings, open_findings, clock)
       SELECT account_id, issue_id, vulnerability_id, lineage_id, source, type, ($3::text[])[present_place], active, open, last
       FROM stood WHERE number = last
       ON CONFLICT (account_id, id) DO UPDATE SET severity = EXCLUDED.severity, type = EXCLUDED.type,
         active_findings = EXCLUDED.active_findings, open_findings = EXCLUDED.open_findings, clock = EXCLUDED.clock
       WHERE (i.severity, i.type, i.active_findings, i.open_findings, i.clock) IS DISTINCT FROM
         (EXCLUDED.severity, EXCLUDED.type, EXCLUDED.active_findings, EXCLUDED.open_findings, EXCLUDED.clock)
     )
     INSERT INTO issue_clock AS k (account_id, issue_id, number, source, type, severity, opened_at, closed_at, is_fix)
     SELECT c.account_id, c.issue_id, c.number, c.source, c.type, ($3::text[])[c.place], c.opened_at, c.closed_at, ${IS_FIX}
     FROM stood c
     ON CONFLICT (account_id, issue_id, number) DO UPDATE SET type = EXCLUDED.type, severity = EXCLUDED.severity,
       opened_at = EXCLUDED.opened_at, closed_at = EXCLUDED.closed_at,
       is_fix = CASE WHEN k.closed_at = EXCLUDED.closed_at THEN k.is_fix ELSE EXCLUDED.is_fix END
     WHERE (k.type, k.severity, k.opened_at, k.closed_at) IS DISTINCT FROM
       (EXCLUDED.type, EXCLUDED.severity, EXCLUDED.opened_at, EXCLUDED.closed_at)`,
    [accountIds, ids, SEVERITIES, SAME_CLOCK],
  );
  await deleteLeftOvers(client, accountIds, ids);
}

/**
 * The same where findings were suppressed, or are active again, and nothing else: which is the worst and how many are
 * active. No clock depends on it.
 */
export async function refreshActive(client: pg.ClientBase, issues: IssueKey[]): Promise<void> {
  if (issues.length === 0) return;
  await client.query(
    `UPDATE issue i SET severity = s.severity, active_findings = s.active
     FROM (
       SELECT t.account_id, t.id, count(*) FILTER (WHERE f.status = 'active')::int AS active,
         ($3::text[])[coalesce(min(p.place) FILTER (WHERE f.status = 'active'),
           min(p.place) FILTER (WHERE f.status <> 'closed'), min(p.place))] AS severity
       FROM (SELECT DISTINCT account_id, id FROM unnest($1::text[], $2::uuid[]) AS t (account_id, id)) AS t
       JOIN finding f ON f.account_id = t.account_id AND f.issue_id = t.id
       CROSS JOIN LATERAL (SELECT array_position($3::text[], f.severity) AS place) AS p
       GROUP BY 1, 2
     ) AS s
     WHERE i.account_id = s.account_id AND i.id = s.id AND (i.severity, i.active_findings) IS DISTINCT FROM (s.severity, s.active)`,
    [issues.map(({ accountId }) => accountId), issues.map(({ id }) => id), SEVERITIES],
  );
}

/** Issues that every finding has left, and clocks that grew together when findings came along with theirs. */
async function deleteLeftOvers(client: pg.ClientBase, accountIds: string[], ids: string[]): Promise<void> {
  await client.query(
    `DELETE FROM issue i USING unnest($1::text[], $2::uuid[]) AS t (account_id, id)
     WHERE i.account_id = t.account_id AND i.id = t.id
       AND NOT EXISTS (SELECT 1 FROM finding f WHERE f.account_id = i.account_id AND f.issue_id = i.id)`,
    [accountIds, ids],
  );
  await client.query(
    `DELETE FROM issue_clock k USING unnest($1::text[], $2::uuid[]) AS t (account_id, id)
     WHERE k.account_id = t.account_id AND k.issue_id = t.id AND NOT EXISTS (
       SELECT 1 FROM issue i WHERE i.account_id = k.account_id AND i.id = k.issue_id AND i.clock >= k.number)`,
    [accountIds, ids],
  );
}
