-- Nobody writes what is counted here until it is.
LOCK TABLE "lineage_team", "finding", "finding_version", "due_delta" IN SHARE ROW EXCLUSIVE MODE;

-- CreateTable
CREATE TABLE "due_open" (
    "account_id" VARCHAR(64) NOT NULL,
    "team_id" VARCHAR(40) NOT NULL,
    "assignee_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "kinds" BIGINT NOT NULL,
    "sample_kinds" BIGINT NOT NULL,
    "findings" INTEGER NOT NULL,
    "issues" INTEGER NOT NULL,

    CONSTRAINT "due_open_pkey" PRIMARY KEY ("account_id","team_id","assignee_id","due_at","kinds","sample_kinds")
);

-- CreateTable
CREATE TABLE "due_open_organisation" (
    "team_id" VARCHAR(40) NOT NULL,
    "assignee_id" UUID NOT NULL,
    "unit" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "kinds" BIGINT NOT NULL,
    "sample_kinds" BIGINT NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "due_open_organisation_pkey" PRIMARY KEY ("team_id","assignee_id","unit","due_at","kinds","sample_kinds","part")
);

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

CREATE INDEX "due_open_organisation_part_idx" ON "due_open_organisation" ("part") WHERE "part" > 0;

-- What is open and due now is what a version says that has not ended. Whose it is comes with it; nobody's has the nil id.
ALTER TYPE "due_span" ADD ATTRIBUTE "assignee_id" UUID;

CREATE OR REPLACE FUNCTION add_due_spans("spans" "due_span"[]) RETURNS void LANGUAGE sql AS $$
  WITH span AS MATERIALIZED (
    SELECT *, greatest(valid_from, due_at + INTERVAL '1 millisecond') AS late_at FROM unnest(spans)
  ), edge AS MATERIALIZED (
    SELECT s.n, s.account_id, s.team_id, s.issue_id, s.kind, s.is_sample, e.standing, e.at, sum(e.step) AS step
    FROM span s CROSS JOIN LATERAL (VALUES
      ('in-time', s.valid_from, 1), ('in-time', least(s.valid_to, s.late_at), -1),
      ('overdue', s.late_at, 1), ('overdue', greatest(s.valid_to, s.late_at), -1)) AS e (standing, at, step)
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(e.step) <> 0
  ), present AS (
    SELECT *, sum(step) OVER (PARTITION BY n, account_id, team_id, issue_id, standing, is_sample, kind ORDER BY at) AS active FROM edge
  ), turn AS (
    SELECT n, account_id, team_id, issue_id, standing, at,
      sum(CASE WHEN is_sample THEN 0 ELSE turned * kind END) AS kinds, sum(CASE WHEN is_sample THEN turned * kind ELSE 0 END) AS sample_kinds
    FROM (SELECT *, (active > 0)::int - (active - step > 0)::int AS turned FROM present) AS p WHERE turned <> 0 GROUP BY 1, 2, 3, 4, 5, 6
  ), stood AS (
    SELECT n, account_id, team_id, standing, at, kinds AS new_kinds, sample_kinds AS new_samples,
      sum(kinds) OVER issue AS kinds, sum(sample_kinds) OVER issue AS sample_kinds
    FROM turn WINDOW issue AS (PARTITION BY n, account_id, team_id, issue_id, standing ORDER BY at)
  ), moved AS MATERIALIZED (
    SELECT account_id, team_id, unit, standing, (at AT TIME ZONE 'UTC')::date AS day, kinds::bigint, sample_kinds::bigint, sum(n)::int AS n
    FROM (
      SELECT account_id, team_id, 'finding' AS unit, standing, at, CASE WHEN is_sample THEN 0 ELSE kind END AS kinds,
        CASE WHEN is_sample THEN kind ELSE 0 END AS sample_kinds, n * step AS n
      FROM edge
      UNION ALL
      SELECT s.account_id, s.team_id, 'issue', s.standing, s.at, m.kinds, m.sample_kinds, s.n * m.step
      FROM stood s CROSS JOIN LATERAL (VALUES
        (s.kinds, s.sample_kinds, 1), (s.kinds - s.new_kinds, s.sample_kinds - s.new_samples, -1)) AS m (kinds, sample_kinds, step)
      WHERE m.kinds > 0 OR m.sample_kinds > 0
    ) AS d WHERE at < 'infinity' GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0
  ), parts AS (
    INSERT INTO due_delta_organisation
    SELECT team_id, unit, standing, day, kinds, sample_kinds, (SELECT nextval('rollup_part')), sum(n)
    FROM moved GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0
  ), present_finding AS MATERIALIZED (
    SELECT n, account_id, team_id, assignee_id, due_at, issue_id, CASE WHEN is_sample THEN 0 ELSE kind END AS kinds,
      CASE WHEN is_sample THEN kind ELSE 0 END AS sample_kinds
    FROM span WHERE valid_to = 'infinity'
  ), open AS MATERIALIZED (
    SELECT account_id, team_id, assignee_id, due_at, kinds, sample_kinds, sum(findings)::int AS findings, sum(issues)::int AS issues
    FROM (
      SELECT account_id, team_id, assignee_id, due_at, kinds, sample_kinds, n AS findings, 0 AS issues FROM present_finding
      UNION ALL
      SELECT account_id, team_id, assignee_id, due_at, bit_or(kinds), bit_or(sample_kinds), 0, n
      FROM present_finding GROUP BY n, account_id, team_id, assignee_id, due_at, issue_id
    ) AS counted GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(findings) <> 0 OR sum(issues) <> 0
  ), open_parts AS (
    INSERT INTO due_open_organisation
    SELECT o.team_id, o.assignee_id, u.unit, o.due_at, o.kinds, o.sample_kinds, (SELECT nextval('rollup_part')), sum(u.n)
    FROM open o CROSS JOIN LATERAL (VALUES ('finding', o.findings), ('issue', o.issues)) AS u (unit, n)
    GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(u.n) <> 0
  ), open_accounts AS (
    INSERT INTO due_open AS d SELECT * FROM open ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (account_id, team_id, assignee_id, due_at, kinds, sample_kinds) DO UPDATE SET
      findings = d.findings + EXCLUDED.findings, issues = d.issues + EXCLUDED.issues
  )
  INSERT INTO due_delta AS d
  SELECT account_id, team_id, day, kinds, sample_kinds,
    coalesce(sum(n) FILTER (WHERE unit = 'finding' AND standing = 'in-time'), 0), coalesce(sum(n) FILTER (WHERE unit = 'finding' AND standing = 'overdue'), 0),
    coalesce(sum(n) FILTER (WHERE unit = 'issue' AND standing = 'in-time'), 0), coalesce(sum(n) FILTER (WHERE unit = 'issue' AND standing = 'overdue'), 0)
  FROM moved GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (account_id, team_id, day, kinds, sample_kinds) DO UPDATE SET
    findings_in_time = d.findings_in_time + EXCLUDED.findings_in_time, findings_overdue = d.findings_overdue + EXCLUDED.findings_overdue,
    issues_in_time = d.issues_in_time + EXCLUDED.issues_in_time, issues_overdue = d.issues_overdue + EXCLUDED.issues_overdue
$$;

CREATE OR REPLACE FUNCTION count_due_versions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  came CONSTANT TEXT := 'SELECT account_id, finding_id, valid_from, valid_to, status, severity, rank, due_at, assignee_id, 1 AS n FROM new_rows';
  went CONSTANT TEXT := 'SELECT account_id, finding_id, valid_from, valid_to, status, severity, rank, due_at, assignee_id, -1 AS n FROM old_rows';
  changed CONSTANT TEXT := CASE TG_OP WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went ELSE came || ' UNION ALL ' || went END;
  -- Each changed version with its finding, and with the first moment at which anything of the issue changes.
  marked CONSTANT TEXT := format($marked$
    WITH version AS (
      SELECT *, CASE WHEN count(*) OVER same = 2 AND min(told) OVER same = max(told) OVER same THEN min(valid_to) OVER same ELSE valid_from END AS at
      FROM (SELECT *, concat_ws(' ', status, severity, rank, coalesce(due_at::text, '-'), coalesce(assignee_id::text, '-')) AS told FROM (%s) AS c) AS c
      WINDOW same AS (PARTITION BY account_id, finding_id, valid_from)
    ), marked AS MATERIALIZED (
      SELECT v.n, v.account_id, f.issue_id, v.finding_id AS id, f.source, f.type, f.is_sample, coalesce(l.team_id, '@none') AS team_id,
        v.valid_from, v.valid_to, v.status, v.severity, v.rank, v.due_at, v.assignee_id,
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
        v.valid_from, v.valid_to, v.due_at, v.assignee_id, t.since
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
      SELECT n, account_id, team_id, issue_id, id, source, type, severity, is_sample, valid_from, valid_to, due_at, assignee_id, since
      FROM marked WHERE is_dated AND valid_to > since AND status = 'active' AND due_at IS NOT NULL
    ), span AS (
      SELECT 1 AS n, s.* FROM stored s
      UNION ALL
      SELECT -1, account_id, team_id, issue_id, id, source, type, severity, is_sample, valid_from, valid_to, due_at, assignee_id, since
      FROM (
        SELECT *, false AS is_new FROM stored
        UNION ALL
        SELECT account_id, team_id, issue_id, id, source, type, severity, is_sample, valid_from, valid_to, due_at, assignee_id, since, true FROM own WHERE n = 1
      ) AS s GROUP BY 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 HAVING NOT bool_or(is_new)
      UNION ALL
      SELECT * FROM own WHERE n = -1
    )
    SELECT array_agg((n, account_id, team_id, issue_id, due_kind(source, type, severity), is_sample,
      greatest(valid_from, since), valid_to, due_at, coalesce(assignee_id, '00000000-0000-0000-0000-000000000000'))::due_span) FROM span
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

CREATE OR REPLACE FUNCTION move_due_members("members" "due_member"[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  spans due_span[];
  fixes due_fixed[];
BEGIN
  SELECT array_agg((m.n, m.account_id, m.team_id, m.issue_id, due_kind(m.source, m.type, v.severity), m.is_sample,
      v.valid_from, v.valid_to, v.due_at, coalesce(v.assignee_id, '00000000-0000-0000-0000-000000000000'))::due_span) INTO spans
  FROM unnest(members) AS m CROSS JOIN LATERAL (
    SELECT * FROM finding_version WHERE account_id = m.account_id AND finding_id = m.id AND status = 'active' AND due_at IS NOT NULL OFFSET 0) AS v;
  IF spans IS NOT NULL THEN PERFORM add_due_spans(spans); END IF;

  SELECT array_agg((n, account_id, team_id, source, type, severity, is_sample, closed_at, known_from, known_to, due_at)::due_fixed) INTO fixes
  FROM (
    SELECT DISTINCT ON (m.n, m.account_id, m.issue_id, k.number, k.valid_from) m.n, m.account_id, m.team_id, m.source, m.type,
      v.severity, m.is_sample, k.closed_at, k.valid_from AS known_from, k.valid_to AS known_to, v.due_at
    FROM unnest(members) AS m CROSS JOIN LATERAL (
      SELECT * FROM issue_clock_version WHERE account_id = m.account_id AND issue_id = m.issue_id AND is_fix OFFSET 0) AS k
    CROSS JOIN LATERAL (
      SELECT * FROM finding_version WHERE account_id = m.account_id AND finding_id = m.id AND valid_from <= k.valid_from ORDER BY valid_from DESC LIMIT 1
    ) AS v WHERE v.valid_to > k.valid_from
    ORDER BY m.n, m.account_id, m.issue_id, k.number, k.valid_from, v.rank DESC, m.id
  ) AS worst WHERE due_at IS NOT NULL;
  IF fixes IS NOT NULL THEN PERFORM add_due_fixes(fixes); END IF;
END $$;

-- What is stored already.
INSERT INTO "due_open"
WITH present AS MATERIALIZED (
  SELECT v.account_id, coalesce(l.team_id, '@none') AS team_id, coalesce(v.assignee_id, '00000000-0000-0000-0000-000000000000') AS assignee_id,
    v.due_at, f.issue_id, CASE WHEN f.is_sample THEN 0 ELSE due_kind(f.source, f.type, v.severity) END AS kinds,
    CASE WHEN f.is_sample THEN due_kind(f.source, f.type, v.severity) ELSE 0 END AS sample_kinds
  FROM finding_version v JOIN finding f ON f.account_id = v.account_id AND f.id = v.finding_id
  LEFT JOIN lineage_team l ON l.account_id = f.account_id AND l.lineage_id = f.lineage_id
  WHERE v.valid_to = 'infinity' AND v.status = 'active' AND v.due_at IS NOT NULL
)
SELECT account_id, team_id, assignee_id, due_at, kinds, sample_kinds, sum(findings), sum(issues)
FROM (
  SELECT account_id, team_id, assignee_id, due_at, kinds, sample_kinds, 1 AS findings, 0 AS issues FROM present
  UNION ALL
  SELECT account_id, team_id, assignee_id, due_at, bit_or(kinds), bit_or(sample_kinds), 0, 1
  FROM present GROUP BY account_id, team_id, assignee_id, due_at, issue_id
) AS counted GROUP BY 1, 2, 3, 4, 5, 6;

INSERT INTO "due_open_organisation"
SELECT o.team_id, o.assignee_id, u.unit, o.due_at, o.kinds, o.sample_kinds, 0, sum(u.n)
FROM "due_open" o CROSS JOIN LATERAL (VALUES ('finding', o.findings), ('issue', o.issues)) AS u (unit, n)
GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(u.n) <> 0;
