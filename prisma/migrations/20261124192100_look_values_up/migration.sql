-- CreateTable
CREATE TABLE "finding_path" (
    "digest" UUID NOT NULL,
    "path" TEXT NOT NULL,

    CONSTRAINT "finding_path_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "finding_score" (
    "rank" INTEGER NOT NULL,
    "score" REAL NOT NULL,

    CONSTRAINT "finding_score_pkey" PRIMARY KEY ("rank","score")
);

-- CreateTable
CREATE TABLE "shown_package" (
    "digest" UUID NOT NULL,
    "package_name" TEXT NOT NULL,
    "version" TEXT,
    "fixed_in" TEXT,

    CONSTRAINT "shown_package_pkey" PRIMARY KEY ("digest")
);

-- CreateIndex
CREATE INDEX "shown_package_version_idx" ON "shown_package" USING HASH ("version");

-- CreateIndex
CREATE INDEX "shown_package_fixed_in_idx" ON "shown_package" USING HASH ("fixed_in");

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

CREATE INDEX "finding_path_text_idx" ON "finding_path" USING GIN (lower("path") gin_trgm_ops);
-- The findings of each file in the order of the list.
CREATE INDEX "finding_path_digest_idx" ON "finding" ((md5("path")::uuid), "status", "rank" DESC, "id" DESC) WHERE "type" <> 'package';
DROP INDEX "finding_path_idx";
-- What is no package stands low in the list, and is seldom: it has lists of its own, by type and of files.
CREATE INDEX "finding_type_idx" ON "finding" ("type", "status", "rank" DESC, "id" DESC) WHERE "type" <> 'package';
CREATE INDEX "finding_in_file_idx" ON "finding" ("status", "rank" DESC, "id" DESC) WHERE "type" <> 'package' AND "path" IS NOT NULL;
-- Detectors may be few among very many CVEs.
CREATE INDEX "vulnerability_detector_idx" ON "vulnerability" ("id") WHERE "kind" = 'detector';

-- Dictionaries of what findings say that no index of findings has: files; of packages the versions; of ranks the scores.
-- They lead to the index that has the findings, or tell at once that there are none. What no finding says any more may
-- stay. Known ones are not tried: who tries waits for whoever is writing the same.
CREATE FUNCTION note_finding_values() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO finding_path (digest, path)
  SELECT digest, path FROM (
    SELECT DISTINCT md5(path)::uuid AS digest, path FROM new_rows WHERE type <> 'package' AND path IS NOT NULL
  ) AS n
  WHERE NOT EXISTS (SELECT FROM finding_path p WHERE p.digest = n.digest) ORDER BY digest ON CONFLICT DO NOTHING;
  INSERT INTO finding_score (rank, score)
  SELECT rank, score FROM (SELECT DISTINCT rank, score FROM new_rows WHERE score IS NOT NULL) AS n
  WHERE NOT EXISTS (SELECT FROM finding_score s WHERE s.rank = n.rank AND s.score = n.score) ORDER BY 1, 2 ON CONFLICT DO NOTHING;
  INSERT INTO shown_package (digest, package_name, version, fixed_in)
  SELECT digest, package_name, package_version, package_fixed_in FROM (
    SELECT DISTINCT md5(ROW(package_name, package_version, package_fixed_in)::text)::uuid AS digest, package_name,
      package_version, package_fixed_in
    FROM new_rows WHERE package_name IS NOT NULL
  ) AS n
  WHERE NOT EXISTS (SELECT FROM shown_package k WHERE k.digest = n.digest) ORDER BY digest ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER "finding_values_insert" AFTER INSERT ON "finding" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_finding_values();
CREATE TRIGGER "finding_values_update" AFTER UPDATE ON "finding" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_finding_values();

-- What is stored already. The triggers above keep writers away until this is noted.
INSERT INTO "finding_path"
SELECT DISTINCT md5(path)::uuid, path FROM "finding" WHERE type <> 'package' AND path IS NOT NULL;
INSERT INTO "finding_score" SELECT DISTINCT rank, score FROM "finding" WHERE score IS NOT NULL;
INSERT INTO "shown_package"
SELECT md5(ROW(package_name, package_version, package_fixed_in)::text)::uuid, package_name, package_version, package_fixed_in
FROM (SELECT DISTINCT package_name, package_version, package_fixed_in FROM "finding" WHERE package_name IS NOT NULL) AS n;
