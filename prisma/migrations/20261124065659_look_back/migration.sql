-- AlterTable
ALTER TABLE "person" ADD COLUMN     "last_visit_at" TIMESTAMPTZ(3),
ADD COLUMN     "looked_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "scope_span" (
    "account_id" VARCHAR(64) NOT NULL,
    "region" VARCHAR(64) NOT NULL,
    "source" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scope_span_pkey" PRIMARY KEY ("account_id","region","source","from_at")
);

-- AddForeignKey
ALTER TABLE "scope_span" ADD CONSTRAINT "scope_span_account_id_region_source_fkey" FOREIGN KEY ("account_id", "region", "source") REFERENCES "scope"("account_id", "region", "source") ON DELETE CASCADE ON UPDATE CASCADE;

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

-- A list as of an instant: the versions that were valid then, in order of rank, told apart within the index.
CREATE INDEX "finding_version_rank_idx" ON "finding_version" ("status", "rank" DESC, "finding_id" DESC, "valid_from", "valid_to");

-- Puts each new pass into its scope's spans: it starts one, makes one longer, or joins two. Whoever writes passes has
-- locked their scopes.
CREATE FUNCTION span_scope_passes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  pass RECORD;
  span RECORD;
  apart CONSTANT INTERVAL := INTERVAL '7 days';
BEGIN
  FOR pass IN SELECT DISTINCT account_id, region, source, recorded_at FROM new_passes ORDER BY 1, 2, 3, 4 LOOP
    SELECT least(min(from_at), pass.recorded_at) AS from_at, greatest(max(to_at), pass.recorded_at) AS to_at INTO span
    FROM scope_span AS s
    WHERE (s.account_id, s.region, s.source) = (pass.account_id, pass.region, pass.source)
      AND s.from_at <= pass.recorded_at + apart AND s.to_at >= pass.recorded_at - apart;
    DELETE FROM scope_span AS s
    WHERE (s.account_id, s.region, s.source) = (pass.account_id, pass.region, pass.source)
      AND s.from_at > span.from_at AND s.to_at <= span.to_at;
    INSERT INTO scope_span AS s (account_id, region, source, from_at, to_at)
    VALUES (pass.account_id, pass.region, pass.source, span.from_at, span.to_at)
    ON CONFLICT (account_id, region, source, from_at) DO UPDATE SET to_at = EXCLUDED.to_at WHERE s.to_at < EXCLUDED.to_at;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER "scope_pass_spans" AFTER INSERT ON "scope_pass" REFERENCING NEW TABLE AS new_passes FOR EACH STATEMENT EXECUTE FUNCTION span_scope_passes();

-- The spans of the passes that were made before.
INSERT INTO "scope_span" ("account_id", "region", "source", "from_at", "to_at")
SELECT account_id, region, source, min(recorded_at), max(recorded_at)
FROM (
  SELECT *, count(*) FILTER (WHERE is_first) OVER (PARTITION BY account_id, region, source ORDER BY recorded_at) AS span
  FROM (
    SELECT p.account_id, p.region, p.source, p.recorded_at,
      p.recorded_at - lag(p.recorded_at) OVER (PARTITION BY p.account_id, p.region, p.source ORDER BY p.recorded_at)
        > INTERVAL '7 days' AS is_first
    FROM scope_pass p JOIN scope s USING (account_id, region, source)
  ) AS passes
) AS numbered
GROUP BY account_id, region, source, span;
