import type pg from "pg";
import { MOVEMENT_SIGN } from "#lib/domain/lifecycle-event.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { ISSUE_FIXES } from "./clock-rollups.ts";
import type { RollupDifference } from "./rollups.ts";

const MOST_TOLD = 100;

const ISSUES = `
  SELECT 'issue' AS rollup, concat_ws(' ', i.account_id, i.id) AS key,
    concat_ws(' ', i.severity, i.active_findings, i.open_findings) AS stored,
    concat_ws(' ', ($1::text[])[f.place], f.active, f.open) AS counted
  FROM issue i LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE status = 'active') AS active, count(*) FILTER (WHERE status <> 'closed') AS open,
      coalesce(min(place) FILTER (WHERE status = 'active'), min(place) FILTER (WHERE status <> 'closed'), min(place)) AS place
    FROM (SELECT status, array_position($1::text[], severity) AS place FROM finding
      WHERE account_id = i.account_id AND issue_id = i.id) AS member
  ) AS f ON true
  WHERE (i.severity, i.active_findings, i.open_findings) IS DISTINCT FROM (($1::text[])[f.place], f.active, f.open)`;

/** An issue's present clock runs while anything of it is open. */
const CLOCKS = `
  SELECT 'issue_clock' AS rollup, concat_ws(' ', i.account_id, i.id) AS key,
    CASE WHEN k.number IS NULL THEN 'none' WHEN k.closed_at IS NULL THEN 'running' ELSE 'ended' END AS stored,
    CASE WHEN i.open_findings > 0 THEN 'running' ELSE 'ended' END AS counted
  FROM issue i LEFT JOIN issue_clock k ON k.account_id = i.account_id AND k.issue_id = i.id AND k.number = i.clock
  WHERE k.number IS NULL OR (k.closed_at IS NULL) <> (i.open_findings > 0)`;

/** What a clock is known to say at present is what it says. */
const CLOCK_VERSIONS = `
  SELECT 'issue_clock_version' AS rollup,
    concat_ws(' ', coalesce(k.account_id, v.account_id), coalesce(k.issue_id, v.issue_id), coalesce(k.number, v.number)) AS key,
    concat_ws(' ', v.opened_at, v.closed_at, v.is_fix) AS stored, concat_ws(' ', k.opened_at, k.closed_at, k.is_fix) AS counted
  FROM issue_clock k FULL JOIN (SELECT * FROM issue_clock_version WHERE valid_to = 'infinity') AS v
    ON v.account_id = k.account_id AND v.issue_id = k.issue_id AND v.number = k.number
  WHERE v.number IS NULL OR (k.opened_at, k.closed_at, k.is_fix) IS DISTINCT FROM (v.opened_at, v.closed_at, v.is_fix)`;

const VERSIONS = `
  SELECT 'finding_version' AS rollup, concat_ws(' ', f.account_id, f.id) AS key,
    concat_ws(' ', v.status, v.severity, v.rank, v.valid_from, v.assignee_id, v.due_at) AS stored,
    concat_ws(' ', f.status, f.severity, f.rank, f.updated_at, i.assignee_id, i.due_at) AS counted
  FROM finding f FULL JOIN (SELECT * FROM finding_version WHERE valid_to = 'infinity') AS v
    ON v.account_id = f.account_id AND v.finding_id = f.id
  LEFT JOIN issue i ON i.account_id = f.account_id AND i.id = f.issue_id
  WHERE (f.status, f.severity, f.score, f.rank, f.updated_at, i.assignee_id, i.due_at) IS DISTINCT FROM
    (v.status, v.severity, v.score, v.rank, v.valid_from, v.assignee_id, v.due_at)`;

const FIXES = `
  SELECT 'issue_fix' AS rollup, concat_ws(' ', coalesce(i.account_id, c.account_id), coalesce(i.issue_id, c.issue_id)) AS key,
    concat_ws(' ', i.month, i.month_before) AS stored, concat_ws(' ', c.month, c.month_before) AS counted
  FROM issue_fix i FULL JOIN (${ISSUE_FIXES}) AS c
    ON (i.account_id, i.issue_id, i.month, i.month_before) = (c.account_id, c.issue_id, c.month, c.month_before)
  WHERE i.month IS NULL OR c.month IS NULL`;

/** Everything that ever came in, less all that went out, is what is active now. */
const MOVEMENTS = `
  SELECT 'movements' AS rollup, concat_ws(' ', coalesce(d.account_id, f.account_id), coalesce(d.lineage_id, f.lineage_id),
      coalesce(d.source, f.source), coalesce(d.type, f.type), coalesce(d.severity, f.severity)) AS key,
    coalesce(d.n, 0)::text AS stored, coalesce(f.n, 0)::text AS counted
  FROM (
    SELECT account_id, lineage_id, source, type, severity, is_sample, sum(n * ($1::jsonb ->> movement)::int) AS n
    FROM day_delta_lineage GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n * ($1::jsonb ->> movement)::int) <> 0
  ) AS d FULL JOIN (
    SELECT account_id, lineage_id, source, type, severity, is_sample, count(*) AS n
    FROM finding WHERE status = 'active' GROUP BY 1, 2, 3, 4, 5, 6
  ) AS f ON (d.account_id, d.lineage_id, d.source, d.type, d.severity, d.is_sample) =
    (f.account_id, f.lineage_id, f.source, f.type, f.severity, f.is_sample)
  WHERE d.n IS DISTINCT FROM f.n`;

/** What issues, clocks, versions and movements say otherwise than the findings, at most 100 of each. */
export async function listStandingDifferences(client: pg.ClientBase): Promise<RollupDifference[]> {
  const checks: [string, unknown[]][] = [
    [ISSUES, [SEVERITIES]],
    [CLOCKS, []],
    [CLOCK_VERSIONS, []],
    [FIXES, []],
    [VERSIONS, []],
    [MOVEMENTS, [MOVEMENT_SIGN]],
  ];
  const differences: RollupDifference[] = [];
  for (const [check, values] of checks) {
    const { rows } = await client.query<RollupDifference>(`${check} LIMIT ${MOST_TOLD}`, values);
    differences.push(...rows);
  }
  return differences;
}
