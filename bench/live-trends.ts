/**
 * What the charts cost when they are counted from the findings' history each time. `$1` where there is one: the accounts,
 * null = all; of movements the moment after which they are counted.
 */

/** Open by versions, opened and closed by events. */
export const LIVE_TREND = `
  SELECT day, severity, sum(sum(net)) OVER (PARTITION BY severity ORDER BY day) AS open, sum(opened) AS opened, sum(closed) AS closed
  FROM (
    SELECT (valid_from AT TIME ZONE 'UTC')::date AS day, severity, count(*) AS net, 0 AS opened, 0 AS closed
    FROM finding_version WHERE status = 'active' AND ($1::text[] IS NULL OR account_id = ANY ($1)) GROUP BY 1, 2
    UNION ALL
    SELECT (valid_to AT TIME ZONE 'UTC')::date, severity, -count(*), 0, 0
    FROM finding_version WHERE status = 'active' AND valid_to < 'infinity' AND ($1::text[] IS NULL OR account_id = ANY ($1)) GROUP BY 1, 2
    UNION ALL
    SELECT (recorded_at AT TIME ZONE 'UTC')::date, severity_after, 0, count(*) FILTER (WHERE cause = 'new' OR kind = 'reopened'),
      count(*) FILTER (WHERE cause IN ('fixed', 'resource-gone', 'not-reported'))
    FROM lifecycle_event WHERE kind IN ('opened', 'reopened', 'closed') AND ($1::text[] IS NULL OR account_id = ANY ($1)) GROUP BY 1, 2
  ) AS parts GROUP BY day, severity ORDER BY day, severity`;

/** Every event with what it means. */
export const LIVE_MOVEMENTS = `
  SELECT m.severity, m.movement, m.reason, count(*) FILTER (WHERE e.recorded_at <= $1) AS before, count(*) FILTER (WHERE e.recorded_at > $1) AS within
  FROM lifecycle_event AS e CROSS JOIN LATERAL movements_of(e) AS m GROUP BY 1, 2, 3`;

/** Findings and clocks by the month of the fix and the days that it took. */
export const LIVE_REMEDIATION = `
  SELECT date_trunc('month', k.closed_at) AS month, k.severity, floor(extract(epoch FROM k.closed_at - k.opened_at) / 86400) AS days,
    count(DISTINCT (k.account_id, k.issue_id)) AS fixed, count(*) AS findings
  FROM issue_clock k JOIN finding f ON f.account_id = k.account_id AND f.issue_id = k.issue_id
  WHERE k.closed_at IS NOT NULL AND k.is_fix AND ($1::text[] IS NULL OR k.account_id = ANY ($1)) GROUP BY 1, 2, 3`;

export const LIVE_AGE = `
  SELECT current_date - (k.opened_at AT TIME ZONE 'UTC')::date AS days, f.severity, count(*)
  FROM finding f JOIN issue_clock k ON k.account_id = f.account_id AND k.issue_id = f.issue_id AND k.closed_at IS NULL
  WHERE f.status = 'active' AND ($1::text[] IS NULL OR f.account_id = ANY ($1)) GROUP BY 1, 2`;

/** How due dates stand at `$1`, by severity and account. */
export const LIVE_DUE = `
  SELECT i.due_at < $1::timestamptz AS is_overdue, i.due_at < $1::timestamptz + INTERVAL '3 days' AS is_at_risk, f.severity, f.account_id,
    count(*) AS findings, count(DISTINCT f.issue_id) AS issues
  FROM finding f JOIN issue i ON i.account_id = f.account_id AND i.id = f.issue_id WHERE f.status = 'active' GROUP BY 1, 2, 3, 4`;

/** What was open and had a due date at the end of each of the last twelve months: half of what compliance tells. */
export const LIVE_COMPLIANCE = `
  SELECT m.at, v.due_at < m.at AS is_overdue, count(*) AS findings, count(DISTINCT f.issue_id) AS issues
  FROM generate_series(0, 11) AS n CROSS JOIN LATERAL (
    SELECT least(now(), (date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => n - 1)) AT TIME ZONE 'UTC' - INTERVAL '1 millisecond') AS at
  ) AS m
  JOIN finding_version v ON v.valid_from <= m.at AND v.valid_to > m.at JOIN finding f ON f.id = v.finding_id
  WHERE v.status = 'active' AND v.due_at IS NOT NULL AND ($1::text[] IS NULL OR v.account_id = ANY ($1)) GROUP BY 1, 2`;

/** Every facet of what was active at `$1`. */
export const LIVE_FACETS = `
  SELECT v.severity, f.source, f.type, f.account_id, f.fix_available, f.exploit_available, f.known_exploited, f.region, f.resource_type, count(*)
  FROM finding_version v JOIN finding f ON f.account_id = v.account_id AND f.id = v.finding_id
  WHERE v.valid_from <= $1::timestamptz AND v.valid_to > $1::timestamptz AND v.status = 'active'
  GROUP BY GROUPING SETS ((1), (2), (3), (4), (5), (6), (7), (8), (9))`;
