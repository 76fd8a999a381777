-- Nobody writes what is counted here until it is.
LOCK TABLE "lineage_team", "finding" IN SHARE ROW EXCLUSIVE MODE;

-- CreateTable
CREATE TABLE "account_cube" (
    "account_id" VARCHAR(64) NOT NULL,
    "source" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "account_cube_pkey" PRIMARY KEY ("account_id","source","status","severity","is_sample")
);

-- CreateTable
CREATE TABLE "team_account_cube" (
    "account_id" VARCHAR(64) NOT NULL,
    "team_id" VARCHAR(40) NOT NULL,
    "source" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "team_account_cube_pkey" PRIMARY KEY ("account_id","team_id","source","status","severity","is_sample")
);

-- CreateTable
CREATE TABLE "team_cube" (
    "team_id" VARCHAR(40) NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "fix_available" TEXT NOT NULL,
    "exploit_available" TEXT NOT NULL,
    "known_exploited" BOOLEAN NOT NULL,
    "region" VARCHAR(64) NOT NULL,
    "resource_type" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "team_cube_pkey" PRIMARY KEY ("team_id","source","type","status","severity","fix_available","exploit_available","known_exploited","region","resource_type","is_sample","part")
);

-- CreateIndex
CREATE INDEX "team_account_cube_team_id_idx" ON "team_account_cube"("team_id");

-- CreateIndex
CREATE INDEX "finding_account_id_lineage_id_idx" ON "finding"("account_id", "lineage_id");

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

CREATE INDEX "team_cube_part_idx" ON "team_cube" ("part") WHERE "part" > 0;

-- The team of a finding is that of its lineage, @none where it has none: looked up for each lineage of a statement once.
CREATE OR REPLACE FUNCTION count_changed_findings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  came CONSTANT TEXT := 'SELECT *, 1 AS n FROM new_rows';
  went CONSTANT TEXT := 'SELECT *, -1 AS n FROM old_rows';
  part CONSTANT BIGINT := nextval('rollup_part');
BEGIN
  EXECUTE format($counts$
    WITH changed AS MATERIALIZED (
      SELECT account_id, lineage_id, source, type, status, severity, rank, fix_available, exploit_available, known_exploited,
        region, resource_type, vulnerability_id, coalesce(package_name, '') AS package_name, is_sample, sum(n) AS n
      FROM (%s) AS c GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 HAVING sum(n) <> 0
    ), placed AS (
      SELECT account_id, lineage_id, source, type, status, severity, fix_available, exploit_available, known_exploited, region,
        resource_type, is_sample, sum(n) AS n
      FROM changed GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 HAVING sum(n) <> 0
    ), teamed AS MATERIALIZED (
      SELECT p.account_id, coalesce((
          SELECT t.team_id FROM lineage_team t WHERE t.account_id = p.account_id AND t.lineage_id = p.lineage_id
        ), '@none') AS team_id, source, type, status, severity, fix_available, exploit_available, known_exploited, region,
        resource_type, is_sample, n
      FROM placed AS p
    ), organisation AS (
      INSERT INTO organisation_cube
      SELECT source, type, status, severity, fix_available, exploit_available, known_exploited, region, resource_type, is_sample,
        $1, sum(n)
      FROM teamed GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 HAVING sum(n) <> 0
    ), team AS (
      INSERT INTO team_cube
      SELECT team_id, source, type, status, severity, fix_available, exploit_available, known_exploited, region, resource_type,
        is_sample, $1, sum(n)
      FROM teamed GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 HAVING sum(n) <> 0
    ), vulnerability AS (
      INSERT INTO vulnerability_cube
      SELECT vulnerability_id, status, severity, rank, is_sample, $1, sum(n)
      FROM changed GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0
    ), package AS (
      INSERT INTO package_cube
      SELECT package_name, status, severity, is_sample, $1, sum(n)
      FROM changed GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0
    ), account AS (
      INSERT INTO account_cube AS a
      SELECT account_id, source, status, severity, is_sample, sum(n)
      FROM teamed GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0 ORDER BY 1, 2, 3, 4, 5
      ON CONFLICT (account_id, source, status, severity, is_sample) DO UPDATE SET n = a.n + EXCLUDED.n
    ), team_account AS (
      INSERT INTO team_account_cube AS t
      SELECT account_id, team_id, source, status, severity, is_sample, sum(n)
      FROM teamed GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0 ORDER BY 1, 2, 3, 4, 5, 6
      ON CONFLICT (account_id, team_id, source, status, severity, is_sample) DO UPDATE SET n = t.n + EXCLUDED.n
    )
    INSERT INTO place_cube AS p
    SELECT account_id, source, status, severity, region, resource_type, is_sample, sum(n)
    FROM teamed GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (account_id, source, status, severity, region, resource_type, is_sample) DO UPDATE SET n = p.n + EXCLUDED.n
  $counts$, CASE TG_OP WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went ELSE came || ' UNION ALL ' || went END) USING part;
  RETURN NULL;
END $$;

-- A place that comes to a team, or leaves it, takes its findings along. Each row of lineage_team says: counted under this
-- team, and not under @none.
CREATE FUNCTION move_team_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  own_part CONSTANT BIGINT := nextval('rollup_part');
BEGIN
  WITH counted AS MATERIALIZED (
    SELECT c.account_id, c.team_id, f.source, f.type, f.status, f.severity, f.fix_available, f.exploit_available,
      f.known_exploited, f.region, f.resource_type, f.is_sample, count(*) * TG_ARGV[0]::int AS n
    FROM changed_rows c
    CROSS JOIN LATERAL (SELECT * FROM finding WHERE account_id = c.account_id AND lineage_id = c.lineage_id OFFSET 0) AS f
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
  ), moved AS MATERIALIZED (
    SELECT * FROM counted
    UNION ALL
    SELECT account_id, '@none', source, type, status, severity, fix_available, exploit_available, known_exploited, region,
      resource_type, is_sample, -n
    FROM counted
  ), team AS (
    INSERT INTO team_cube
    SELECT team_id, source, type, status, severity, fix_available, exploit_available, known_exploited, region, resource_type,
      is_sample, own_part, sum(n)
    FROM moved GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 HAVING sum(n) <> 0
  )
  INSERT INTO team_account_cube AS t
  SELECT account_id, team_id, source, status, severity, is_sample, sum(n)
  FROM moved GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0 ORDER BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (account_id, team_id, source, status, severity, is_sample) DO UPDATE SET n = t.n + EXCLUDED.n;
  RETURN NULL;
END $$;
CREATE TRIGGER "team_counts_insert" AFTER INSERT ON "lineage_team" REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_counts('1');
CREATE TRIGGER "team_counts_update_new" AFTER UPDATE ON "lineage_team" REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_counts('1');
CREATE TRIGGER "team_counts_update_old" AFTER UPDATE ON "lineage_team" REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_counts('-1');
CREATE TRIGGER "team_counts_delete" AFTER DELETE ON "lineage_team" REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_counts('-1');

-- What is stored already.
INSERT INTO "team_cube"
SELECT coalesce(t.team_id, '@none'), source, type, status, severity, fix_available, exploit_available, known_exploited, region,
  resource_type, is_sample, 0, count(*)
FROM "finding" f LEFT JOIN "lineage_team" t ON t.account_id = f.account_id AND t.lineage_id = f.lineage_id
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11;
INSERT INTO "team_account_cube"
SELECT f.account_id, coalesce(t.team_id, '@none'), source, status, severity, is_sample, count(*)
FROM "finding" f LEFT JOIN "lineage_team" t ON t.account_id = f.account_id AND t.lineage_id = f.lineage_id
GROUP BY 1, 2, 3, 4, 5, 6;
INSERT INTO "account_cube"
SELECT account_id, source, status, severity, is_sample, sum(n) FROM "team_account_cube" GROUP BY 1, 2, 3, 4, 5;
