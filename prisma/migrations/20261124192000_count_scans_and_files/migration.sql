-- CreateTable
CREATE TABLE "scan_cube" (
    "scan_name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "scan_cube_pkey" PRIMARY KEY ("scan_name","status","severity","is_sample","part")
);

-- CreateTable
CREATE TABLE "file_cube" (
    "path_digest" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "file_cube_pkey" PRIMARY KEY ("path_digest","status","severity","is_sample","part")
);

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

CREATE INDEX "scan_cube_part_idx" ON "scan_cube" ("part") WHERE "part" > 0;
CREATE INDEX "file_cube_part_idx" ON "file_cube" ("part") WHERE "part" > 0;

-- What scans have found ('' = what no scan has) and what files have, in parts, as what accounts share is counted.
CREATE FUNCTION count_changed_code() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rows CONSTANT TEXT := 'SELECT coalesce(scan_name, '''') AS scan_name, CASE WHEN type <> ''package'' THEN md5(path)::uuid END AS path_digest,
    status, severity, is_sample, %s AS n FROM %s';
  came CONSTANT TEXT := format(rows, '1', 'new_rows');
  went CONSTANT TEXT := format(rows, '-1', 'old_rows');
BEGIN
  EXECUTE format($counts$
    WITH changed AS MATERIALIZED (
      SELECT scan_name, path_digest, status, severity, is_sample, sum(n) AS n
      FROM (%s) AS c GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0
    ), scan AS (
      INSERT INTO scan_cube
      SELECT scan_name, status, severity, is_sample, $1, sum(n) FROM changed GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0
    )
    INSERT INTO file_cube
    SELECT path_digest, status, severity, is_sample, $1, sum(n)
    FROM changed WHERE path_digest IS NOT NULL GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0
  $counts$, CASE TG_OP WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went ELSE came || ' UNION ALL ' || went END)
  USING nextval('rollup_part');
  RETURN NULL;
END $$;
CREATE TRIGGER "finding_code_insert" AFTER INSERT ON "finding" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_changed_code();
CREATE TRIGGER "finding_code_update" AFTER UPDATE ON "finding" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_changed_code();
CREATE TRIGGER "finding_code_delete" AFTER DELETE ON "finding" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_changed_code();

-- What is stored already. The triggers above keep writers away until this is counted.
INSERT INTO "scan_cube"
SELECT coalesce(scan_name, ''), status, severity, is_sample, 0, count(*) FROM "finding" GROUP BY 1, 2, 3, 4;
INSERT INTO "file_cube"
SELECT md5(path)::uuid, status, severity, is_sample, 0, count(*) FROM "finding" WHERE type <> 'package' AND path IS NOT NULL GROUP BY 1, 2, 3, 4;
