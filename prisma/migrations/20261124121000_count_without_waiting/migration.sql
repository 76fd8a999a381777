-- CreateTable
CREATE TABLE "place_cube" (
    "account_id" VARCHAR(64) NOT NULL,
    "source" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "region" VARCHAR(64) NOT NULL,
    "resource_type" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "place_cube_pkey" PRIMARY KEY ("account_id","source","status","severity","region","resource_type","is_sample")
);

-- CreateTable
CREATE TABLE "organisation_cube" (
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

    CONSTRAINT "organisation_cube_pkey" PRIMARY KEY ("source","type","status","severity","fix_available","exploit_available","known_exploited","region","resource_type","is_sample","part")
);

-- CreateTable
CREATE TABLE "vulnerability_cube" (
    "vulnerability_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "vulnerability_cube_pkey" PRIMARY KEY ("vulnerability_id","status","rank","severity","is_sample","part")
);

-- CreateTable
CREATE TABLE "package_cube" (
    "package_name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "package_cube_pkey" PRIMARY KEY ("package_name","status","severity","is_sample","part")
);

-- CreateIndex
CREATE INDEX "vulnerability_cube_rank_vulnerability_id_idx" ON "vulnerability_cube"("rank" DESC, "vulnerability_id" DESC);

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

-- Accounts share these three: were their rows updated, each writer would wait for every other one. So a statement appends
-- what it adds under a number of its own, its part; the count is the sum of the parts, at any moment. Part 0 is what
-- lib/db/write/fold-parts.ts has put together, and the only one that it writes.
CREATE SEQUENCE "rollup_part";
CREATE INDEX "organisation_cube_part_idx" ON "organisation_cube" ("part") WHERE "part" > 0;
CREATE INDEX "vulnerability_cube_part_idx" ON "vulnerability_cube" ("part") WHERE "part" > 0;
CREATE INDEX "package_cube_part_idx" ON "package_cube" ("part") WHERE "part" > 0;

-- What came counts upwards, what went downwards, and what an update leaves as it was is not counted at all. A statement's
-- rows can be seen by its own trigger only, and an insert has no old ones: hence the text.
CREATE FUNCTION count_changed_findings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  came CONSTANT TEXT := 'SELECT *, 1 AS n FROM new_rows';
  went CONSTANT TEXT := 'SELECT *, -1 AS n FROM old_rows';
  part CONSTANT BIGINT := nextval('rollup_part');
BEGIN
  EXECUTE format($counts$
    WITH changed AS MATERIALIZED (
      SELECT account_id, source, type, status, severity, rank, fix_available, exploit_available, known_exploited, region,
        resource_type, vulnerability_id, coalesce(package_name, '') AS package_name, is_sample, sum(n) AS n
      FROM (%s) AS c GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 HAVING sum(n) <> 0
    ), organisation AS (
      INSERT INTO organisation_cube
      SELECT source, type, status, severity, fix_available, exploit_available, known_exploited, region, resource_type, is_sample,
        $1, sum(n)
      FROM changed GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 HAVING sum(n) <> 0
    ), vulnerability AS (
      INSERT INTO vulnerability_cube
      SELECT vulnerability_id, status, severity, rank, is_sample, $1, sum(n)
      FROM changed GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0
    ), package AS (
      INSERT INTO package_cube
      SELECT package_name, status, severity, is_sample, $1, sum(n)
      FROM changed GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0
    )
    INSERT INTO place_cube AS p
    SELECT account_id, source, status, severity, region, resource_type, is_sample, sum(n)
    FROM changed GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (account_id, source, status, severity, region, resource_type, is_sample) DO UPDATE SET n = p.n + EXCLUDED.n
  $counts$, CASE TG_OP WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went ELSE came || ' UNION ALL ' || went END) USING part;
  RETURN NULL;
END $$;
CREATE TRIGGER "finding_counts_insert" AFTER INSERT ON "finding" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_changed_findings();
CREATE TRIGGER "finding_counts_delete" AFTER DELETE ON "finding" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_changed_findings();
CREATE TRIGGER "finding_counts_update" AFTER UPDATE ON "finding" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_changed_findings();

-- What is stored already. The triggers above keep writers away until this is counted.
INSERT INTO "organisation_cube"
SELECT source, type, status, severity, fix_available, exploit_available, known_exploited, region, resource_type, is_sample, 0, count(*)
FROM "finding" GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
INSERT INTO "vulnerability_cube"
SELECT vulnerability_id, status, severity, rank, is_sample, 0, count(*) FROM "finding" GROUP BY 1, 2, 3, 4, 5;
INSERT INTO "package_cube"
SELECT coalesce(package_name, ''), status, severity, is_sample, 0, count(*) FROM "finding" GROUP BY 1, 2, 3, 4;
INSERT INTO "place_cube"
SELECT account_id, source, status, severity, region, resource_type, is_sample, count(*) FROM "finding" GROUP BY 1, 2, 3, 4, 5, 6, 7;
