-- Nobody writes what is counted here until it is.
LOCK TABLE "lineage_team", "account", "issue", "issue_clock", "issue_fix", "finding" IN SHARE ROW EXCLUSIVE MODE;

-- CreateTable
CREATE TABLE "open_cohort_team" (
    "team_id" VARCHAR(40) NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "opened_on" DATE NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "open_cohort_team_pkey" PRIMARY KEY ("team_id","source","type","severity","opened_on","is_sample","part")
);

-- CreateTable
CREATE TABLE "remediation_team" (
    "team_id" VARCHAR(40) NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "days" INTEGER NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "remediation_team_pkey" PRIMARY KEY ("team_id","source","type","severity","month","days","is_sample","part")
);

-- CreateTable
CREATE TABLE "open_age_team" (
    "team_id" VARCHAR(40) NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "opened_on" DATE NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "open_age_team_pkey" PRIMARY KEY ("team_id","source","type","severity","opened_on","is_sample","part")
);

-- CreateTable
CREATE TABLE "fixed_finding_team" (
    "team_id" VARCHAR(40) NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "month_before" DATE NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "fixed_finding_team_pkey" PRIMARY KEY ("team_id","source","type","severity","month","month_before","is_sample","part")
);

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

-- Ages and fixes of what teams have: the organisation's counts (see count_changed_clocks), for each team, in parts. What no
-- team has is all less these. A number has three sides: findings, the clocks or fixes of their issues, and the teams of
-- their places. Each side counts its own changes against the others as they stand. Where no place has a team, a statement
-- looks once and writes nothing.

CREATE INDEX "open_cohort_team_part_idx" ON "open_cohort_team" ("part") WHERE "part" > 0;
CREATE INDEX "remediation_team_part_idx" ON "remediation_team" ("part") WHERE "part" > 0;
CREATE INDEX "open_age_team_part_idx" ON "open_age_team" ("part") WHERE "part" > 0;
CREATE INDEX "fixed_finding_team_part_idx" ON "fixed_finding_team" ("part") WHERE "part" > 0;

-- A clock counts itself under the team of its issue's place, and the active findings of its issue under that of theirs.
CREATE FUNCTION count_team_clocks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  came CONSTANT TEXT := 'SELECT *, 1 AS n FROM new_rows';
  went CONSTANT TEXT := 'SELECT *, -1 AS n FROM old_rows';
BEGIN
  IF NOT EXISTS (SELECT FROM lineage_team) THEN RETURN NULL; END IF;
  EXECUTE format($counts$
    WITH clock AS MATERIALIZED (
      SELECT account_id, issue_id, source, type, severity,
        CASE WHEN closed_at IS NULL THEN (opened_at AT TIME ZONE 'UTC')::date END AS opened_on,
        CASE WHEN closed_at IS NOT NULL AND is_fix THEN date_trunc('month', closed_at AT TIME ZONE 'UTC')::date END AS month,
        CASE WHEN closed_at IS NOT NULL AND is_fix THEN floor(extract(epoch FROM closed_at - opened_at) / 86400)::int END AS days,
        sum(n)::int AS n
      FROM (%s) AS c GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(n) <> 0
    ), teamed AS MATERIALIZED (
      SELECT t.team_id, c.source, c.type, c.severity, c.opened_on, c.month, c.days, coalesce(a.is_sample, false) AS is_sample, c.n
      FROM clock c
      CROSS JOIN LATERAL (SELECT lineage_id FROM issue WHERE account_id = c.account_id AND id = c.issue_id OFFSET 0) AS i
      CROSS JOIN LATERAL (
        SELECT team_id FROM lineage_team WHERE account_id = c.account_id AND lineage_id = i.lineage_id OFFSET 0) AS t
      LEFT JOIN account a ON a.id = c.account_id
    ), cohorts AS (
      INSERT INTO open_cohort_team
      SELECT team_id, source, type, severity, opened_on, is_sample, $1, sum(n)
      FROM teamed WHERE opened_on IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0
    ), remediations AS (
      INSERT INTO remediation_team
      SELECT team_id, source, type, severity, month, days, is_sample, $1, sum(n)
      FROM teamed WHERE month IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0
    )
    INSERT INTO open_age_team
    SELECT t.team_id, f.source, f.type, f.severity, c.opened_on, f.is_sample, $1, sum(c.n)
    FROM (SELECT account_id, issue_id, opened_on, sum(n) AS n FROM clock WHERE opened_on IS NOT NULL GROUP BY 1, 2, 3) AS c
    CROSS JOIN LATERAL (SELECT source, type, severity, is_sample, status, lineage_id FROM finding
      WHERE account_id = c.account_id AND issue_id = c.issue_id OFFSET 0) AS f
    CROSS JOIN LATERAL (
      SELECT team_id FROM lineage_team WHERE account_id = c.account_id AND lineage_id = f.lineage_id OFFSET 0) AS t
    WHERE c.n <> 0 AND f.status = 'active' GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(c.n) <> 0
  $counts$, CASE TG_OP WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went ELSE came || ' UNION ALL ' || went END) USING nextval('rollup_part');
  RETURN NULL;
END $$;
CREATE TRIGGER "team_clocks_insert" AFTER INSERT ON "issue_clock" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_team_clocks();
CREATE TRIGGER "team_clocks_update" AFTER UPDATE ON "issue_clock" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_team_clocks();
CREATE TRIGGER "team_clocks_delete" AFTER DELETE ON "issue_clock" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_team_clocks();

-- A fix counts the findings of its issue.
CREATE FUNCTION count_team_fixes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  own_part BIGINT;
BEGIN
  IF NOT EXISTS (SELECT FROM lineage_team) THEN RETURN NULL; END IF;
  own_part := nextval('rollup_part');
  INSERT INTO fixed_finding_team
  SELECT t.team_id, f.source, f.type, f.severity, c.month, c.month_before, f.is_sample, own_part, count(*) * TG_ARGV[0]::int
  FROM changed_rows c
  CROSS JOIN LATERAL (SELECT source, type, severity, is_sample, lineage_id FROM finding
    WHERE account_id = c.account_id AND issue_id = c.issue_id OFFSET 0) AS f
  CROSS JOIN LATERAL (
    SELECT team_id FROM lineage_team WHERE account_id = c.account_id AND lineage_id = f.lineage_id OFFSET 0) AS t
  GROUP BY 1, 2, 3, 4, 5, 6, 7;
  RETURN NULL;
END $$;
CREATE TRIGGER "team_fixes_insert" AFTER INSERT ON "issue_fix" REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION count_team_fixes('1');
CREATE TRIGGER "team_fixes_delete" AFTER DELETE ON "issue_fix" REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION count_team_fixes('-1');

-- A finding counts by the clock that runs, while it is active; by the fixes of its issue, whatever it is.
CREATE FUNCTION count_team_findings_by_clock() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  came CONSTANT TEXT := 'SELECT *, 1 AS n FROM new_rows';
  went CONSTANT TEXT := 'SELECT *, -1 AS n FROM old_rows';
BEGIN
  IF NOT EXISTS (SELECT FROM lineage_team) THEN RETURN NULL; END IF;
  EXECUTE format($counts$
    WITH changed AS MATERIALIZED (
      SELECT account_id, lineage_id, issue_id, source, type, severity, is_sample, status = 'active' AS is_active, sum(n)::int AS n
      FROM (%s) AS c GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(n) <> 0
    ), teamed AS MATERIALIZED (
      SELECT t.team_id, c.* FROM changed c CROSS JOIN LATERAL (
        SELECT team_id FROM lineage_team WHERE account_id = c.account_id AND lineage_id = c.lineage_id OFFSET 0) AS t
    ), ages AS (
      INSERT INTO open_age_team
      SELECT c.team_id, c.source, c.type, c.severity, (k.opened_at AT TIME ZONE 'UTC')::date, c.is_sample, $1, sum(c.n)
      FROM teamed c CROSS JOIN LATERAL (SELECT opened_at FROM issue_clock
        WHERE account_id = c.account_id AND issue_id = c.issue_id AND closed_at IS NULL OFFSET 0) AS k
      WHERE c.is_active GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(c.n) <> 0
    )
    INSERT INTO fixed_finding_team
    SELECT c.team_id, c.source, c.type, c.severity, i.month, i.month_before, c.is_sample, $1, sum(c.n)
    FROM teamed c CROSS JOIN LATERAL (SELECT month, month_before FROM issue_fix
      WHERE account_id = c.account_id AND issue_id = c.issue_id OFFSET 0) AS i
    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(c.n) <> 0
  $counts$, CASE TG_OP WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went ELSE came || ' UNION ALL ' || went END) USING nextval('rollup_part');
  RETURN NULL;
END $$;
CREATE TRIGGER "finding_team_clocks_insert" AFTER INSERT ON "finding" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_team_findings_by_clock();
CREATE TRIGGER "finding_team_clocks_update" AFTER UPDATE ON "finding" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_team_findings_by_clock();
CREATE TRIGGER "finding_team_clocks_delete" AFTER DELETE ON "finding" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_team_findings_by_clock();

-- A place that comes to a team, or leaves it, takes its findings along, and their issues, which lie in that place alone.
CREATE FUNCTION move_team_clocks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  own_part CONSTANT BIGINT := nextval('rollup_part');
  sign CONSTANT INT := TG_ARGV[0]::int;
BEGIN
  WITH member AS MATERIALIZED (
    SELECT c.account_id, c.team_id, f.issue_id, f.source, f.type, f.severity, f.is_sample, f.status = 'active' AS is_active, count(*) AS n
    FROM changed_rows c
    CROSS JOIN LATERAL (SELECT * FROM finding WHERE account_id = c.account_id AND lineage_id = c.lineage_id OFFSET 0) AS f
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  ), clock AS MATERIALIZED (
    SELECT i.team_id, k.source, k.type, k.severity, k.opened_at, k.closed_at, k.is_fix, coalesce(a.is_sample, false) AS is_sample
    FROM (SELECT DISTINCT account_id, team_id, issue_id FROM member) AS i
    CROSS JOIN LATERAL (SELECT * FROM issue_clock WHERE account_id = i.account_id AND issue_id = i.issue_id OFFSET 0) AS k
    LEFT JOIN account a ON a.id = i.account_id
  ), cohorts AS (
    INSERT INTO open_cohort_team
    SELECT team_id, source, type, severity, (opened_at AT TIME ZONE 'UTC')::date, is_sample, own_part, count(*) * sign
    FROM clock WHERE closed_at IS NULL GROUP BY 1, 2, 3, 4, 5, 6
  ), remediations AS (
    INSERT INTO remediation_team
    SELECT team_id, source, type, severity, date_trunc('month', closed_at AT TIME ZONE 'UTC')::date,
      floor(extract(epoch FROM closed_at - opened_at) / 86400)::int, is_sample, own_part, count(*) * sign
    FROM clock WHERE closed_at IS NOT NULL AND is_fix GROUP BY 1, 2, 3, 4, 5, 6, 7
  ), ages AS (
    INSERT INTO open_age_team
    SELECT m.team_id, m.source, m.type, m.severity, (k.opened_at AT TIME ZONE 'UTC')::date, m.is_sample, own_part, sum(m.n) * sign
    FROM member m CROSS JOIN LATERAL (SELECT opened_at FROM issue_clock
      WHERE account_id = m.account_id AND issue_id = m.issue_id AND closed_at IS NULL OFFSET 0) AS k
    WHERE m.is_active GROUP BY 1, 2, 3, 4, 5, 6
  )
  INSERT INTO fixed_finding_team
  SELECT m.team_id, m.source, m.type, m.severity, i.month, i.month_before, m.is_sample, own_part, sum(m.n) * sign
  FROM member m CROSS JOIN LATERAL (SELECT month, month_before FROM issue_fix
    WHERE account_id = m.account_id AND issue_id = m.issue_id OFFSET 0) AS i
  GROUP BY 1, 2, 3, 4, 5, 6, 7;
  RETURN NULL;
END $$;
CREATE TRIGGER "lineage_team_clocks_insert" AFTER INSERT ON "lineage_team" REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_clocks('1');
CREATE TRIGGER "lineage_team_clocks_update_new" AFTER UPDATE ON "lineage_team" REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_clocks('1');
CREATE TRIGGER "lineage_team_clocks_update_old" AFTER UPDATE ON "lineage_team" REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_clocks('-1');
CREATE TRIGGER "lineage_team_clocks_delete" AFTER DELETE ON "lineage_team" REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_clocks('-1');

-- An issue goes before its clocks do: without it these have no place, and count nothing when they go.
CREATE FUNCTION uncount_clocks_of_issues() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  own_part BIGINT;
BEGIN
  IF NOT EXISTS (SELECT FROM lineage_team) THEN RETURN NULL; END IF;
  own_part := nextval('rollup_part');
  WITH clock AS MATERIALIZED (
    SELECT t.team_id, k.source, k.type, k.severity, k.opened_at, k.closed_at, k.is_fix, coalesce(a.is_sample, false) AS is_sample
    FROM old_rows i
    CROSS JOIN LATERAL (
      SELECT team_id FROM lineage_team WHERE account_id = i.account_id AND lineage_id = i.lineage_id OFFSET 0) AS t
    CROSS JOIN LATERAL (SELECT * FROM issue_clock WHERE account_id = i.account_id AND issue_id = i.id OFFSET 0) AS k
    LEFT JOIN account a ON a.id = i.account_id
  ), cohorts AS (
    INSERT INTO open_cohort_team
    SELECT team_id, source, type, severity, (opened_at AT TIME ZONE 'UTC')::date, is_sample, own_part, -count(*)
    FROM clock WHERE closed_at IS NULL GROUP BY 1, 2, 3, 4, 5, 6
  )
  INSERT INTO remediation_team
  SELECT team_id, source, type, severity, date_trunc('month', closed_at AT TIME ZONE 'UTC')::date,
    floor(extract(epoch FROM closed_at - opened_at) / 86400)::int, is_sample, own_part, -count(*)
  FROM clock WHERE closed_at IS NOT NULL AND is_fix GROUP BY 1, 2, 3, 4, 5, 6, 7;
  RETURN NULL;
END $$;
CREATE TRIGGER "issue_team_clocks_delete" AFTER DELETE ON "issue" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION uncount_clocks_of_issues();

-- An account of the sample that a real source reads too is one of its own from then on, and takes its clocks along.
CREATE FUNCTION move_team_clocks_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  own_part CONSTANT BIGINT := nextval('rollup_part');
BEGIN
  WITH moved AS (
    SELECT o.id, s.is_sample, s.n FROM old_rows o JOIN new_rows a ON a.id = o.id AND a.is_sample <> o.is_sample
    CROSS JOIN LATERAL (VALUES (o.is_sample, -1), (a.is_sample, 1)) AS s (is_sample, n)
  ), clock AS MATERIALIZED (
    SELECT t.team_id, k.source, k.type, k.severity, k.opened_at, k.closed_at, k.is_fix, m.is_sample, m.n
    FROM moved m JOIN issue i ON i.account_id = m.id JOIN lineage_team t ON t.account_id = m.id AND t.lineage_id = i.lineage_id
    JOIN issue_clock k ON k.account_id = m.id AND k.issue_id = i.id
  ), cohorts AS (
    INSERT INTO open_cohort_team
    SELECT team_id, source, type, severity, (opened_at AT TIME ZONE 'UTC')::date, is_sample, own_part, sum(n)
    FROM clock WHERE closed_at IS NULL GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0
  )
  INSERT INTO remediation_team
  SELECT team_id, source, type, severity, date_trunc('month', closed_at AT TIME ZONE 'UTC')::date,
    floor(extract(epoch FROM closed_at - opened_at) / 86400)::int, is_sample, own_part, sum(n)
  FROM clock WHERE closed_at IS NOT NULL AND is_fix GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER "account_team_clocks_update" AFTER UPDATE ON "account" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_clocks_of_account();

-- What is stored already.
INSERT INTO "open_cohort_team"
SELECT t.team_id, k.source, k.type, k.severity, (k.opened_at AT TIME ZONE 'UTC')::date, coalesce(a.is_sample, false), 0, count(*)
FROM "lineage_team" t JOIN "issue" i ON i.account_id = t.account_id AND i.lineage_id = t.lineage_id
JOIN "issue_clock" k ON k.account_id = i.account_id AND k.issue_id = i.id LEFT JOIN "account" a ON a.id = t.account_id
WHERE k.closed_at IS NULL GROUP BY 1, 2, 3, 4, 5, 6;
INSERT INTO "remediation_team"
SELECT t.team_id, k.source, k.type, k.severity, date_trunc('month', k.closed_at AT TIME ZONE 'UTC')::date,
  floor(extract(epoch FROM k.closed_at - k.opened_at) / 86400)::int, coalesce(a.is_sample, false), 0, count(*)
FROM "lineage_team" t JOIN "issue" i ON i.account_id = t.account_id AND i.lineage_id = t.lineage_id
JOIN "issue_clock" k ON k.account_id = i.account_id AND k.issue_id = i.id LEFT JOIN "account" a ON a.id = t.account_id
WHERE k.closed_at IS NOT NULL AND k.is_fix GROUP BY 1, 2, 3, 4, 5, 6, 7;
INSERT INTO "open_age_team"
SELECT t.team_id, f.source, f.type, f.severity, (k.opened_at AT TIME ZONE 'UTC')::date, f.is_sample, 0, count(*)
FROM "lineage_team" t JOIN "finding" f ON f.account_id = t.account_id AND f.lineage_id = t.lineage_id
JOIN "issue_clock" k ON k.account_id = f.account_id AND k.issue_id = f.issue_id AND k.closed_at IS NULL
WHERE f.status = 'active' GROUP BY 1, 2, 3, 4, 5, 6;
INSERT INTO "fixed_finding_team"
SELECT t.team_id, f.source, f.type, f.severity, i.month, i.month_before, f.is_sample, 0, count(*)
FROM "lineage_team" t JOIN "finding" f ON f.account_id = t.account_id AND f.lineage_id = t.lineage_id
JOIN "issue_fix" i ON i.account_id = f.account_id AND i.issue_id = f.issue_id GROUP BY 1, 2, 3, 4, 5, 6, 7;
