-- Nobody writes what is counted here until it is.
LOCK TABLE "lineage_team", "finding", "issue_clock_version", "finding_version", "due_delta" IN SHARE ROW EXCLUSIVE MODE;

ALTER TABLE "due_delta" RENAME TO "due_delta_by_standing";
ALTER INDEX "due_delta_pkey" RENAME TO "due_delta_by_standing_pkey";

-- CreateTable
CREATE TABLE "due_delta" (
    "account_id" VARCHAR(64) NOT NULL,
    "team_id" VARCHAR(40) NOT NULL,
    "day" DATE NOT NULL,
    "kinds" BIGINT NOT NULL,
    "sample_kinds" BIGINT NOT NULL,
    "findings_in_time" INTEGER NOT NULL,
    "findings_overdue" INTEGER NOT NULL,
    "issues_in_time" INTEGER NOT NULL,
    "issues_overdue" INTEGER NOT NULL,

    CONSTRAINT "due_delta_pkey" PRIMARY KEY ("account_id","team_id","day","kinds","sample_kinds")
);

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

-- What changes on a day in an account is mostly of one kind, a finding and its issue, from in time to overdue: it shares a
-- row. The organisation's table has few rows, and stays as parts want it.
INSERT INTO "due_delta"
SELECT account_id, team_id, day, kinds, sample_kinds,
  coalesce(sum(n) FILTER (WHERE unit = 'finding' AND standing = 'in-time'), 0), coalesce(sum(n) FILTER (WHERE unit = 'finding' AND standing = 'overdue'), 0),
  coalesce(sum(n) FILTER (WHERE unit = 'issue' AND standing = 'in-time'), 0), coalesce(sum(n) FILTER (WHERE unit = 'issue' AND standing = 'overdue'), 0)
FROM "due_delta_by_standing" WHERE n <> 0 GROUP BY 1, 2, 3, 4, 5;
DROP TABLE "due_delta_by_standing";

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
