-- The same counts from look-ups and groups alone. Of what a statement has changed the planner knows next to nothing, and
-- joined it with itself row by row: for some thousand versions that took seconds.
CREATE OR REPLACE FUNCTION count_due_versions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  came CONSTANT TEXT := 'SELECT account_id, finding_id, valid_from, valid_to, status, severity, rank, due_at, 1 AS n FROM new_rows';
  went CONSTANT TEXT := 'SELECT account_id, finding_id, valid_from, valid_to, status, severity, rank, due_at, -1 AS n FROM old_rows';
  changed CONSTANT TEXT := CASE TG_OP WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went ELSE came || ' UNION ALL ' || went END;
  -- Each changed version with its finding, and with the first moment at which anything of the issue changes.
  marked CONSTANT TEXT := format($marked$
    WITH version AS (
      SELECT *, CASE WHEN count(*) OVER same = 2 AND min(told) OVER same = max(told) OVER same THEN min(valid_to) OVER same ELSE valid_from END AS at
      FROM (SELECT *, concat_ws(' ', status, severity, rank, coalesce(due_at::text, '-')) AS told FROM (%s) AS c) AS c
      WINDOW same AS (PARTITION BY account_id, finding_id, valid_from)
    ), marked AS MATERIALIZED (
      SELECT v.n, v.account_id, f.issue_id, v.finding_id AS id, f.source, f.type, f.is_sample, coalesce(l.team_id, '@none') AS team_id,
        v.valid_from, v.valid_to, v.status, v.severity, v.rank, v.due_at,
        min(v.at) OVER issue AS since, bool_or(v.due_at IS NOT NULL) OVER issue AS is_dated
      FROM version v CROSS JOIN LATERAL (
        SELECT issue_id, source, type, is_sample, lineage_id FROM finding WHERE account_id = v.account_id AND id = v.finding_id OFFSET 0) AS f
      LEFT JOIN lineage_team l ON l.account_id = v.account_id AND l.lineage_id = f.lineage_id
      WINDOW issue AS (PARTITION BY v.account_id, f.issue_id)
    ), touched AS MATERIALIZED (
      SELECT DISTINCT account_id, issue_id, since FROM marked WHERE is_dated
    )
  $marked$, changed);
  is_dated BOOLEAN;
  spans due_span[];
  fixes due_fixed[];
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM (%s) AS c WHERE due_at IS NOT NULL)', changed) INTO is_dated;
  IF NOT is_dated THEN RETURN NULL; END IF;

  EXECUTE marked || $spans$,
    stored AS MATERIALIZED (
      SELECT t.account_id, coalesce(l.team_id, '@none') AS team_id, t.issue_id, f.id, f.source, f.type, v.severity, f.is_sample,
        v.valid_from, v.valid_to, v.due_at, t.since
      FROM touched t CROSS JOIN LATERAL (
        SELECT id, source, type, is_sample, lineage_id FROM finding
        WHERE account_id = t.account_id AND issue_id = t.issue_id AND (status <> 'closed' OR updated_at >= t.since) OFFSET 0) AS f
      CROSS JOIN LATERAL (
        (SELECT * FROM finding_version WHERE account_id = t.account_id AND finding_id = f.id AND valid_from <= t.since ORDER BY valid_from DESC LIMIT 1)
        UNION ALL
        (SELECT * FROM finding_version WHERE account_id = t.account_id AND finding_id = f.id AND valid_from > t.since OFFSET 0)
      ) AS v LEFT JOIN lineage_team l ON l.account_id = t.account_id AND l.lineage_id = f.lineage_id
      WHERE v.valid_to > t.since AND v.status = 'active' AND v.due_at IS NOT NULL
    ), own AS (
      SELECT n, account_id, team_id, issue_id, id, source, type, severity, is_sample, valid_from, valid_to, due_at, since
      FROM marked WHERE is_dated AND valid_to > since AND status = 'active' AND due_at IS NOT NULL
    ), span AS (
      SELECT 1 AS n, s.* FROM stored s
      UNION ALL
      SELECT -1, account_id, team_id, issue_id, id, source, type, severity, is_sample, valid_from, valid_to, due_at, since
      FROM (
        SELECT *, false AS is_new FROM stored
        UNION ALL
        SELECT account_id, team_id, issue_id, id, source, type, severity, is_sample, valid_from, valid_to, due_at, since, true FROM own WHERE n = 1
      ) AS s GROUP BY 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 HAVING NOT bool_or(is_new)
      UNION ALL
      SELECT * FROM own WHERE n = -1
    )
    SELECT array_agg((n, account_id, team_id, issue_id, due_kind(source, type, severity), is_sample,
      greatest(valid_from, since), valid_to, due_at)::due_span) FROM span
  $spans$ INTO spans;
  IF spans IS NOT NULL THEN PERFORM add_due_spans(spans); END IF;

  EXECUTE marked || $fixes$,
    stored AS MATERIALIZED (
      SELECT t.account_id, coalesce(l.team_id, '@none') AS team_id, t.issue_id, k.number, k.valid_from AS known_from, k.valid_to AS known_to,
        k.closed_at, f.id, f.source, f.type, v.severity, f.is_sample, v.valid_from, v.rank, v.due_at
      FROM touched t CROSS JOIN LATERAL (
        SELECT * FROM issue_clock_version
        WHERE account_id = t.account_id AND issue_id = t.issue_id AND is_fix AND valid_from >= t.since OFFSET 0) AS k
      CROSS JOIN LATERAL (
        SELECT id, source, type, is_sample, lineage_id FROM finding WHERE account_id = t.account_id AND issue_id = t.issue_id OFFSET 0) AS f
      CROSS JOIN LATERAL (
        SELECT * FROM finding_version WHERE account_id = t.account_id AND finding_id = f.id AND valid_from <= k.valid_from ORDER BY valid_from DESC LIMIT 1
      ) AS v LEFT JOIN lineage_team l ON l.account_id = t.account_id AND l.lineage_id = f.lineage_id
      WHERE v.valid_to > k.valid_from
    ), own AS (
      SELECT m.n, m.account_id, m.team_id, m.issue_id, k.number, k.valid_from AS known_from, k.valid_to AS known_to,
        k.closed_at, m.id, m.source, m.type, m.severity, m.is_sample, m.valid_from, m.rank, m.due_at
      FROM marked m CROSS JOIN LATERAL (
        SELECT * FROM issue_clock_version
        WHERE account_id = m.account_id AND issue_id = m.issue_id AND is_fix AND valid_from >= m.since
          AND valid_from >= m.valid_from AND valid_from < m.valid_to OFFSET 0) AS k
      WHERE m.is_dated
    ), stood AS (
      SELECT 1 AS n, s.* FROM stored s
      UNION ALL
      SELECT -1, account_id, team_id, issue_id, number, known_from, known_to, closed_at, id, source, type, severity, is_sample, valid_from, rank, due_at
      FROM (
        SELECT *, false AS is_new FROM stored
        UNION ALL
        SELECT account_id, team_id, issue_id, number, known_from, known_to, closed_at, id, source, type, severity, is_sample, valid_from, rank, due_at, true
        FROM own WHERE n = 1
      ) AS s GROUP BY 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 HAVING NOT bool_or(is_new)
      UNION ALL
      SELECT * FROM own WHERE n = -1
    ), worst AS (
      SELECT DISTINCT ON (n, account_id, issue_id, number, known_from) * FROM stood
      ORDER BY n, account_id, issue_id, number, known_from, rank DESC, id
    )
    SELECT array_agg((n, account_id, team_id, source, type, severity, is_sample, closed_at, known_from, known_to, due_at)::due_fixed)
    FROM worst WHERE due_at IS NOT NULL
  $fixes$ INTO fixes;
  IF fixes IS NOT NULL THEN PERFORM add_due_fixes(fixes); END IF;
  RETURN NULL;
END $$;
