-- CreateTable
CREATE TABLE "fix_cube" (
    "account_id" VARCHAR(64) NOT NULL,
    "lineage_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "package_name" TEXT NOT NULL,
    "package_fixed_in" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,
    "critical" INTEGER NOT NULL,
    "high" INTEGER NOT NULL,
    "medium" INTEGER NOT NULL,
    "low" INTEGER NOT NULL,
    "untriaged" INTEGER NOT NULL,
    "info" INTEGER NOT NULL,
    "known_exploited" INTEGER NOT NULL,

    CONSTRAINT "fix_cube_pkey" PRIMARY KEY ("account_id","lineage_id","kind","package_name","package_fixed_in","is_sample")
);

-- CreateIndex
CREATE INDEX "fix_cube_n_account_id_lineage_id_kind_package_name_package__idx" ON "fix_cube"("n", "account_id", "lineage_id", "kind", "package_name", "package_fixed_in");

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

-- Who manages the package that a finding shows: the first that can be fixed, else the first. What it says changes no
-- count, so that the triggers may rest.
ALTER TABLE "finding" DISABLE TRIGGER USER;
UPDATE "finding" f SET "package_manager" = k.manager
FROM (
  SELECT DISTINCT ON (account_id, finding_id) account_id, finding_id, package_id
  FROM "finding_package" ORDER BY account_id, finding_id, fixed_in IS NULL, position
) AS shown JOIN "package" k ON k.id = shown.package_id
WHERE f.account_id = shown.account_id AND f.id = shown.finding_id AND k.manager IS NOT NULL;
ALTER TABLE "finding" ENABLE TRIGGER USER;

-- How a finding is fixed, by its columns alone; null = by nothing that is known. A system package in a container's image
-- comes with its base: the image is built anew.
CREATE FUNCTION fix_kind(type TEXT, resource_type TEXT, fix_available TEXT, package_manager TEXT, package_fixed_in TEXT)
RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN type = 'code' THEN 'code'
    WHEN resource_type IN ('AWS_ECR_CONTAINER_IMAGE', 'Microsoft.ContainerRegistry/registry/containerImage') AND package_manager = 'OS'
      THEN CASE WHEN fix_available IN ('yes', 'partial') THEN 'base-image' END
    WHEN package_fixed_in IS NOT NULL THEN 'package'
  END
$$;

-- What a fix closes is counted by its findings' account, lineage and package, which no other account's writer touches.
-- Of active ones only: the others have nothing left to fix. A statement's rows can be seen by its own trigger only, and
-- an insert has no old ones: hence the text.
CREATE FUNCTION count_changed_fixes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rows CONSTANT TEXT := 'SELECT account_id, lineage_id, fix_kind(type, resource_type, fix_available, package_manager, package_fixed_in) AS kind,
    package_name, package_fixed_in, is_sample, severity, known_exploited, %s AS n FROM %s WHERE status = ''active''';
  came CONSTANT TEXT := format(rows, '1', 'new_rows');
  went CONSTANT TEXT := format(rows, '-1', 'old_rows');
BEGIN
  EXECUTE format($counts$
    WITH changed AS MATERIALIZED (
      SELECT account_id, lineage_id, kind, CASE WHEN kind = 'package' THEN package_name ELSE '' END AS package_name,
        CASE WHEN kind = 'package' THEN package_fixed_in ELSE '' END AS package_fixed_in, is_sample, severity, known_exploited, sum(n) AS n
      FROM (%s) AS c WHERE kind IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(n) <> 0
    )
    INSERT INTO fix_cube AS x
    SELECT account_id, lineage_id, kind, package_name, package_fixed_in, is_sample, sum(n),
      coalesce(sum(n) FILTER (WHERE severity = 'critical'), 0), coalesce(sum(n) FILTER (WHERE severity = 'high'), 0),
      coalesce(sum(n) FILTER (WHERE severity = 'medium'), 0), coalesce(sum(n) FILTER (WHERE severity = 'low'), 0),
      coalesce(sum(n) FILTER (WHERE severity = 'untriaged'), 0), coalesce(sum(n) FILTER (WHERE severity = 'info'), 0),
      coalesce(sum(n) FILTER (WHERE known_exploited), 0)
    FROM changed GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (account_id, lineage_id, kind, package_name, package_fixed_in, is_sample) DO UPDATE SET n = x.n + EXCLUDED.n,
      critical = x.critical + EXCLUDED.critical, high = x.high + EXCLUDED.high, medium = x.medium + EXCLUDED.medium,
      low = x.low + EXCLUDED.low, untriaged = x.untriaged + EXCLUDED.untriaged, info = x.info + EXCLUDED.info,
      known_exploited = x.known_exploited + EXCLUDED.known_exploited
  $counts$, CASE TG_OP WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went ELSE came || ' UNION ALL ' || went END);
  RETURN NULL;
END $$;
CREATE TRIGGER "finding_fixes_insert" AFTER INSERT ON "finding" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_changed_fixes();
CREATE TRIGGER "finding_fixes_update" AFTER UPDATE ON "finding" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_changed_fixes();
CREATE TRIGGER "finding_fixes_delete" AFTER DELETE ON "finding" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_changed_fixes();

-- What is stored already. The triggers above keep writers away until this is counted.
INSERT INTO "fix_cube"
SELECT account_id, lineage_id, kind, CASE WHEN kind = 'package' THEN package_name ELSE '' END,
  CASE WHEN kind = 'package' THEN package_fixed_in ELSE '' END, is_sample, count(*),
  count(*) FILTER (WHERE severity = 'critical'), count(*) FILTER (WHERE severity = 'high'),
  count(*) FILTER (WHERE severity = 'medium'), count(*) FILTER (WHERE severity = 'low'),
  count(*) FILTER (WHERE severity = 'untriaged'), count(*) FILTER (WHERE severity = 'info'),
  count(*) FILTER (WHERE known_exploited)
FROM "finding" CROSS JOIN LATERAL fix_kind(type, resource_type, fix_available, package_manager, package_fixed_in) AS kind
WHERE status = 'active' AND kind IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6;

-- Fixes by how many of one severity they close. Few fixes close any: such an index is small.
CREATE INDEX "fix_cube_critical_idx" ON "fix_cube" ("critical") WHERE "critical" > 0;
CREATE INDEX "fix_cube_high_idx" ON "fix_cube" ("high") WHERE "high" > 0;
CREATE INDEX "fix_cube_medium_idx" ON "fix_cube" ("medium") WHERE "medium" > 0;
CREATE INDEX "fix_cube_low_idx" ON "fix_cube" ("low") WHERE "low" > 0;
CREATE INDEX "fix_cube_untriaged_idx" ON "fix_cube" ("untriaged") WHERE "untriaged" > 0;
CREATE INDEX "fix_cube_info_idx" ON "fix_cube" ("info") WHERE "info" > 0;
CREATE INDEX "fix_cube_known_exploited_idx" ON "fix_cube" ("known_exploited") WHERE "known_exploited" > 0;
-- What is fixed: looked for by what clears it away.
CREATE INDEX "fix_cube_nothing_idx" ON "fix_cube" ("account_id") WHERE "n" = 0;

-- What a fix closes is told by this index alone, and the list behind each begins in it.
CREATE INDEX "finding_to_fix_idx" ON "finding" ("account_id", "lineage_id", "package_name", "package_fixed_in")
  INCLUDE ("type", "resource_type", "fix_available", "package_manager", "package_version", "severity", "known_exploited", "is_sample", "resource_id", "issue_id")
  WHERE "status" = 'active';
DROP INDEX "finding_fix_idx";
