-- CreateTable
CREATE TABLE "finding_title" (
    "vulnerability_id" UUID NOT NULL,
    "digest" UUID NOT NULL,
    "title" TEXT NOT NULL,

    CONSTRAINT "finding_title_pkey" PRIMARY KEY ("vulnerability_id","digest")
);

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

-- A dictionary of the titles that findings other than packages have: millions of findings of a detector share a few. It
-- names the vulnerabilities whose findings a word may be found in; what is no finding's title any more may stay.
CREATE INDEX "finding_title_text_idx" ON "finding_title" USING GIN (lower("title") gin_trgm_ops);

CREATE FUNCTION note_finding_titles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO finding_title (vulnerability_id, digest, title)
  SELECT vulnerability_id, digest, title
  FROM (SELECT DISTINCT vulnerability_id, md5(title)::uuid AS digest, title FROM new_rows WHERE type <> 'package') AS n
  -- Known ones are not tried: who tries waits for whoever is writing the same.
  WHERE NOT EXISTS (SELECT FROM finding_title t WHERE t.vulnerability_id = n.vulnerability_id AND t.digest = n.digest)
  ORDER BY 1, 2
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER "finding_titles_insert" AFTER INSERT ON "finding" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_finding_titles();
CREATE TRIGGER "finding_titles_update" AFTER UPDATE ON "finding" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_finding_titles();

INSERT INTO "finding_title" SELECT DISTINCT vulnerability_id, md5(title)::uuid, title FROM "finding" WHERE type <> 'package';

DROP INDEX "finding_text_idx";
CREATE INDEX "finding_path_idx" ON "finding" USING GIN (lower("path") gin_trgm_ops) WHERE "type" <> 'package';
