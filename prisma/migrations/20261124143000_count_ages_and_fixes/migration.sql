-- CreateTable
CREATE TABLE "issue_fix" (
    "account_id" VARCHAR(64) NOT NULL,
    "issue_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "month_before" DATE NOT NULL,

    CONSTRAINT "issue_fix_pkey" PRIMARY KEY ("account_id","issue_id","month","month_before")
);

-- CreateTable
CREATE TABLE "open_age" (
    "account_id" VARCHAR(64) NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "opened_on" DATE NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "open_age_pkey" PRIMARY KEY ("account_id","source","type","severity","opened_on","is_sample")
);

-- CreateTable
CREATE TABLE "fixed_finding" (
    "account_id" VARCHAR(64) NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "month_before" DATE NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "fixed_finding_pkey" PRIMARY KEY ("account_id","source","type","severity","month","month_before","is_sample")
);

-- CreateTable
CREATE TABLE "open_age_organisation" (
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "opened_on" DATE NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "open_age_organisation_pkey" PRIMARY KEY ("source","type","severity","opened_on","is_sample","part")
);

-- CreateTable
CREATE TABLE "fixed_finding_organisation" (
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "month_before" DATE NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "fixed_finding_organisation_pkey" PRIMARY KEY ("source","type","severity","month","month_before","is_sample","part")
);

-- CreateTable
CREATE TABLE "open_cohort_organisation" (
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "opened_on" DATE NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "open_cohort_organisation_pkey" PRIMARY KEY ("source","type","severity","opened_on","is_sample","part")
);

-- CreateTable
CREATE TABLE "remediation_organisation" (
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "days" INTEGER NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "remediation_organisation_pkey" PRIMARY KEY ("source","type","severity","month","days","is_sample","part")
);

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

-- How old open findings are, and how many findings were fixed in a month, are numbers of findings by the clocks of their
-- issues. They change when a finding does and when a clock does: each side counts its own changes against the other side
-- as that stands. Both change in one transaction, one after the other, so that the sum is exact after each.
-- Of the organisation's tables a statement appends a part (see organisation_cube); the accounts' own are updated.

CREATE INDEX "open_age_organisation_part_idx" ON "open_age_organisation" ("part") WHERE "part" > 0;
CREATE INDEX "fixed_finding_organisation_part_idx" ON "fixed_finding_organisation" ("part") WHERE "part" > 0;
CREATE INDEX "open_cohort_organisation_part_idx" ON "open_cohort_organisation" ("part") WHERE "part" > 0;
CREATE INDEX "remediation_organisation_part_idx" ON "remediation_organisation" ("part") WHERE "part" > 0;

-- In which months an issue was fixed, and in which it had been fixed before ('-infinity': never), so that its findings are
-- told once of any months: where the first of its fixes in them stands.

-- The clock's part of each number: by the day on which it started, while it runs; by month and days, once it ended in a fix.
CREATE FUNCTION count_changed_clocks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  came CONSTANT TEXT := 'SELECT *, 1 AS n FROM new_rows';
  went CONSTANT TEXT := 'SELECT *, -1 AS n FROM old_rows';
  part CONSTANT BIGINT := nextval('rollup_part');
BEGIN
  EXECUTE format($counts$
    WITH clock AS MATERIALIZED (
      SELECT account_id, issue_id, source, type, severity,
        CASE WHEN closed_at IS NULL THEN (opened_at AT TIME ZONE 'UTC')::date END AS opened_on,
        CASE WHEN closed_at IS NOT NULL AND is_fix THEN date_trunc('month', closed_at AT TIME ZONE 'UTC')::date END AS month,
        CASE WHEN closed_at IS NOT NULL AND is_fix THEN floor(extract(epoch FROM closed_at - opened_at) / 86400)::int END AS days,
        sum(n)::int AS n
      FROM (%s) AS c GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(n) <> 0
    ), open_issue AS MATERIALIZED (
      SELECT account_id, source, type, severity, opened_on, sum(n) AS n
      FROM clock WHERE opened_on IS NOT NULL GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0
    ), fixed_issue AS MATERIALIZED (
      SELECT account_id, source, type, severity, month, days, sum(n) AS n
      FROM clock WHERE month IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0
    ), aged AS MATERIALIZED (
      SELECT c.account_id, f.source, f.type, f.severity, c.opened_on, f.is_sample, sum(c.n) AS n
      FROM (SELECT account_id, issue_id, opened_on, sum(n) AS n FROM clock WHERE opened_on IS NOT NULL GROUP BY 1, 2, 3) AS c
      -- OFFSET 0 keeps these look-ups, whatever the planner believes of the tables. The status is asked after it: while
      -- nothing is known of a new table, the index of accounts and statuses looks as good as the one of issues.
      CROSS JOIN LATERAL (SELECT source, type, severity, is_sample, status FROM finding
        WHERE account_id = c.account_id AND issue_id = c.issue_id OFFSET 0) AS f
      WHERE c.n <> 0 AND f.status = 'active' GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(c.n) <> 0
    ), touched AS MATERIALIZED (
      SELECT DISTINCT account_id, issue_id FROM clock WHERE month IS NOT NULL
    ), fix AS (
      SELECT account_id, issue_id, month, lag(month, 1, '-infinity') OVER (PARTITION BY account_id, issue_id ORDER BY month) AS month_before
      FROM (
        SELECT DISTINCT t.account_id, t.issue_id, date_trunc('month', k.closed_at AT TIME ZONE 'UTC')::date AS month
        FROM touched t CROSS JOIN LATERAL (SELECT closed_at FROM issue_clock
          WHERE account_id = t.account_id AND issue_id = t.issue_id AND closed_at IS NOT NULL AND is_fix OFFSET 0) AS k
      ) AS m
    ), changed_fix AS MATERIALIZED (
      SELECT account_id, issue_id, month, month_before, sum(n) AS n
      FROM (
        SELECT *, 1 AS n FROM fix
        UNION ALL
        SELECT i.*, -1 FROM touched t CROSS JOIN LATERAL (SELECT * FROM issue_fix
          WHERE account_id = t.account_id AND issue_id = t.issue_id OFFSET 0) AS i
      ) AS f GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0
    ), gone AS (
      DELETE FROM issue_fix i USING changed_fix c
      WHERE c.n < 0 AND (i.account_id, i.issue_id, i.month, i.month_before) = (c.account_id, c.issue_id, c.month, c.month_before)
    ), come AS (
      INSERT INTO issue_fix SELECT account_id, issue_id, month, month_before FROM changed_fix WHERE n > 0
    ), fixed AS MATERIALIZED (
      SELECT c.account_id, f.source, f.type, f.severity, c.month, c.month_before, f.is_sample, sum(c.n) AS n
      FROM changed_fix c CROSS JOIN LATERAL (SELECT source, type, severity, is_sample FROM finding
        WHERE account_id = c.account_id AND issue_id = c.issue_id OFFSET 0) AS f
      GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(c.n) <> 0
    ), cohort_parts AS (
      INSERT INTO open_cohort_organisation
      SELECT o.source, o.type, o.severity, o.opened_on, coalesce(a.is_sample, false), $1, sum(o.n)
      FROM open_issue o LEFT JOIN account a ON a.id = o.account_id GROUP BY 1, 2, 3, 4, 5 HAVING sum(o.n) <> 0
    ), remediation_parts AS (
      INSERT INTO remediation_organisation
      SELECT o.source, o.type, o.severity, o.month, o.days, coalesce(a.is_sample, false), $1, sum(o.n)
      FROM fixed_issue o LEFT JOIN account a ON a.id = o.account_id GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(o.n) <> 0
    ), age_parts AS (
      INSERT INTO open_age_organisation
      SELECT source, type, severity, opened_on, is_sample, $1, sum(n) FROM aged GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0
    ), fixed_parts AS (
      INSERT INTO fixed_finding_organisation
      SELECT source, type, severity, month, month_before, is_sample, $1, sum(n) FROM fixed GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0
    ), cohorts AS (
      INSERT INTO open_cohort AS o SELECT * FROM open_issue ORDER BY 1, 2, 3, 4, 5
      ON CONFLICT (account_id, source, type, severity, opened_on) DO UPDATE SET n = o.n + EXCLUDED.n
    ), remediations AS (
      INSERT INTO remediation_histogram AS h SELECT * FROM fixed_issue ORDER BY 1, 2, 3, 4, 5, 6
      ON CONFLICT (account_id, source, type, severity, month, days) DO UPDATE SET n = h.n + EXCLUDED.n
    ), ages AS (
      INSERT INTO open_age AS o SELECT * FROM aged ORDER BY 1, 2, 3, 4, 5, 6
      ON CONFLICT (account_id, source, type, severity, opened_on, is_sample) DO UPDATE SET n = o.n + EXCLUDED.n
    )
    INSERT INTO fixed_finding AS x SELECT * FROM fixed ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (account_id, source, type, severity, month, month_before, is_sample) DO UPDATE SET n = x.n + EXCLUDED.n
  $counts$, CASE TG_OP WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went ELSE came || ' UNION ALL ' || went END) USING part;
  RETURN NULL;
END $$;
DROP TRIGGER "issue_clock_insert" ON "issue_clock";
DROP TRIGGER "issue_clock_update_new" ON "issue_clock";
DROP TRIGGER "issue_clock_update_old" ON "issue_clock";
DROP TRIGGER "issue_clock_delete" ON "issue_clock";
DROP FUNCTION roll_up_issue_clocks();
CREATE TRIGGER "issue_clock_counts_insert" AFTER INSERT ON "issue_clock" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_changed_clocks();
CREATE TRIGGER "issue_clock_counts_update" AFTER UPDATE ON "issue_clock" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_changed_clocks();
CREATE TRIGGER "issue_clock_counts_delete" AFTER DELETE ON "issue_clock" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_changed_clocks();

-- The finding's part: by the clock that runs, while it is active; by the fixes of its issue, whatever it is.
CREATE FUNCTION count_findings_by_clock() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  came CONSTANT TEXT := 'SELECT *, 1 AS n FROM new_rows';
  went CONSTANT TEXT := 'SELECT *, -1 AS n FROM old_rows';
  part CONSTANT BIGINT := nextval('rollup_part');
BEGIN
  EXECUTE format($counts$
    WITH changed AS MATERIALIZED (
      SELECT account_id, issue_id, source, type, severity, is_sample, status = 'active' AS is_active, sum(n)::int AS n
      FROM (%s) AS c GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0
    ), aged AS MATERIALIZED (
      SELECT c.account_id, c.source, c.type, c.severity, (k.opened_at AT TIME ZONE 'UTC')::date AS opened_on, c.is_sample, sum(c.n) AS n
      FROM changed c CROSS JOIN LATERAL (SELECT opened_at FROM issue_clock
        WHERE account_id = c.account_id AND issue_id = c.issue_id AND closed_at IS NULL OFFSET 0) AS k
      WHERE c.is_active GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(c.n) <> 0
    ), fixed AS MATERIALIZED (
      SELECT c.account_id, c.source, c.type, c.severity, i.month, i.month_before, c.is_sample, sum(c.n) AS n
      FROM changed c CROSS JOIN LATERAL (SELECT month, month_before FROM issue_fix
        WHERE account_id = c.account_id AND issue_id = c.issue_id OFFSET 0) AS i
      GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(c.n) <> 0
    ), age_parts AS (
      INSERT INTO open_age_organisation
      SELECT source, type, severity, opened_on, is_sample, $1, sum(n) FROM aged GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0
    ), fixed_parts AS (
      INSERT INTO fixed_finding_organisation
      SELECT source, type, severity, month, month_before, is_sample, $1, sum(n) FROM fixed GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0
    ), ages AS (
      INSERT INTO open_age AS o SELECT * FROM aged ORDER BY 1, 2, 3, 4, 5, 6
      ON CONFLICT (account_id, source, type, severity, opened_on, is_sample) DO UPDATE SET n = o.n + EXCLUDED.n
    )
    INSERT INTO fixed_finding AS x SELECT * FROM fixed ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (account_id, source, type, severity, month, month_before, is_sample) DO UPDATE SET n = x.n + EXCLUDED.n
  $counts$, CASE TG_OP WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went ELSE came || ' UNION ALL ' || went END) USING part;
  RETURN NULL;
END $$;
CREATE TRIGGER "finding_clocks_insert" AFTER INSERT ON "finding" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_findings_by_clock();
CREATE TRIGGER "finding_clocks_update" AFTER UPDATE ON "finding" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_findings_by_clock();
CREATE TRIGGER "finding_clocks_delete" AFTER DELETE ON "finding" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_findings_by_clock();

-- An account of the sample that a real source reads too is one of its own from then on, and takes its clocks along.
CREATE FUNCTION move_clocks_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  part CONSTANT BIGINT := nextval('rollup_part');
BEGIN
  WITH moved AS (
    SELECT o.id, s.is_sample, s.n FROM old_rows o JOIN new_rows a ON a.id = o.id AND a.is_sample <> o.is_sample
    CROSS JOIN LATERAL (VALUES (o.is_sample, -1), (a.is_sample, 1)) AS s (is_sample, n)
  ), cohorts AS (
    INSERT INTO open_cohort_organisation
    SELECT c.source, c.type, c.severity, c.opened_on, m.is_sample, part, sum(c.n * m.n)
    FROM moved m JOIN open_cohort c ON c.account_id = m.id GROUP BY 1, 2, 3, 4, 5 HAVING sum(c.n * m.n) <> 0
  )
  INSERT INTO remediation_organisation
  SELECT h.source, h.type, h.severity, h.month, h.days, m.is_sample, part, sum(h.n * m.n)
  FROM moved m JOIN remediation_histogram h ON h.account_id = m.id GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(h.n * m.n) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER "account_clocks_update" AFTER UPDATE ON "account" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION move_clocks_of_account();

-- What is stored already. The triggers above keep writers away until this is counted.
INSERT INTO "issue_fix"
SELECT account_id, issue_id, month, lag(month, 1, '-infinity') OVER (PARTITION BY account_id, issue_id ORDER BY month)
FROM (
  SELECT DISTINCT account_id, issue_id, date_trunc('month', closed_at AT TIME ZONE 'UTC')::date AS month
  FROM "issue_clock" WHERE closed_at IS NOT NULL AND is_fix
) AS m;
INSERT INTO "open_age"
SELECT f.account_id, f.source, f.type, f.severity, (k.opened_at AT TIME ZONE 'UTC')::date, f.is_sample, count(*)
FROM "finding" f JOIN "issue_clock" k ON k.account_id = f.account_id AND k.issue_id = f.issue_id AND k.closed_at IS NULL
WHERE f.status = 'active' GROUP BY 1, 2, 3, 4, 5, 6;
INSERT INTO "fixed_finding"
SELECT f.account_id, f.source, f.type, f.severity, i.month, i.month_before, f.is_sample, count(*)
FROM "finding" f JOIN "issue_fix" i ON i.account_id = f.account_id AND i.issue_id = f.issue_id GROUP BY 1, 2, 3, 4, 5, 6, 7;
INSERT INTO "open_age_organisation"
SELECT source, type, severity, opened_on, is_sample, 0, sum(n) FROM "open_age" GROUP BY 1, 2, 3, 4, 5;
INSERT INTO "fixed_finding_organisation"
SELECT source, type, severity, month, month_before, is_sample, 0, sum(n) FROM "fixed_finding" GROUP BY 1, 2, 3, 4, 5, 6;
INSERT INTO "open_cohort_organisation"
SELECT c.source, c.type, c.severity, c.opened_on, coalesce(a.is_sample, false), 0, sum(c.n)
FROM "open_cohort" c LEFT JOIN "account" a ON a.id = c.account_id GROUP BY 1, 2, 3, 4, 5 HAVING sum(c.n) <> 0;
INSERT INTO "remediation_organisation"
SELECT h.source, h.type, h.severity, h.month, h.days, coalesce(a.is_sample, false), 0, sum(h.n)
FROM "remediation_histogram" h LEFT JOIN "account" a ON a.id = h.account_id GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(h.n) <> 0;
