-- What a pass says of its places is appended, never stamped on a row: `scope_pass` tells when a place was last read, and
-- `sync_run` when a connection was. So a pass that finds nothing new leaves no dead tuple.

-- AlterTable
ALTER TABLE "connection" DROP COLUMN "last_pass_at",
DROP COLUMN "last_whole_pass_at",
ADD COLUMN     "is_whole_due" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "scope" DROP COLUMN "failure",
DROP COLUMN "last_pass_at",
DROP COLUMN "last_whole_pass_at",
ADD COLUMN     "first_pass_at" TIMESTAMPTZ(3);
ALTER TABLE "scope" RENAME COLUMN "coverage_at" TO "first_coverage_at";

-- CreateTable
CREATE TABLE "scope_gap" (
    "account_id" VARCHAR(64) NOT NULL,
    "region" VARCHAR(64) NOT NULL,
    "source" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scope_gap_pkey" PRIMARY KEY ("account_id","region","source","from_at")
);

-- CreateIndex
CREATE INDEX "scope_pass_account_id_region_source_mode_recorded_at_idx" ON "scope_pass"("account_id", "region", "source", "mode", "recorded_at");

-- CreateIndex
CREATE INDEX "sync_run_connection_id_as_of_idx" ON "sync_run"("connection_id", "as_of" DESC);

-- AddForeignKey
ALTER TABLE "scope_gap" ADD CONSTRAINT "scope_gap_account_id_region_source_fkey" FOREIGN KEY ("account_id", "region", "source") REFERENCES "scope"("account_id", "region", "source") ON DELETE CASCADE ON UPDATE CASCADE;

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

-- Where a place begins is written once, and so is a gap, by the pass that ends it; one that comes in between cuts it.
-- Whoever writes passes has locked their scopes.
CREATE FUNCTION note_scope_passes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  pass RECORD;
  near RECORD;
  apart CONSTANT INTERVAL := INTERVAL '7 days';
BEGIN
  FOR pass IN SELECT DISTINCT account_id, region, source, recorded_at FROM new_passes ORDER BY 1, 2, 3, 4 LOOP
    UPDATE scope SET first_pass_at = pass.recorded_at
    WHERE (account_id, region, source) = (pass.account_id, pass.region, pass.source)
      AND (first_pass_at IS NULL OR first_pass_at > pass.recorded_at);
    SELECT max(recorded_at) FILTER (WHERE recorded_at < pass.recorded_at) AS before_at,
      min(recorded_at) FILTER (WHERE recorded_at > pass.recorded_at) AS after_at INTO near
    FROM (
      (SELECT recorded_at FROM scope_pass
       WHERE (account_id, region, source) = (pass.account_id, pass.region, pass.source) AND recorded_at < pass.recorded_at
       ORDER BY recorded_at DESC LIMIT 1)
      UNION ALL
      (SELECT recorded_at FROM scope_pass
       WHERE (account_id, region, source) = (pass.account_id, pass.region, pass.source) AND recorded_at > pass.recorded_at
       ORDER BY recorded_at LIMIT 1)
    ) AS neighbours;
    DELETE FROM scope_gap
    WHERE (account_id, region, source) = (pass.account_id, pass.region, pass.source)
      AND from_at < pass.recorded_at AND to_at > pass.recorded_at;
    INSERT INTO scope_gap (account_id, region, source, from_at, to_at)
    SELECT pass.account_id, pass.region, pass.source, gap.from_at, gap.to_at
    FROM (VALUES (near.before_at, pass.recorded_at), (pass.recorded_at, near.after_at)) AS gap (from_at, to_at)
    WHERE gap.to_at - gap.from_at > apart
    ON CONFLICT DO NOTHING;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER "scope_pass_noted" AFTER INSERT ON "scope_pass" REFERENCING NEW TABLE AS new_passes FOR EACH STATEMENT EXECUTE FUNCTION note_scope_passes();

-- The same of the passes that were made before.
UPDATE "scope" AS s SET "first_pass_at" = p.first_at
FROM (SELECT account_id, region, source, min(recorded_at) AS first_at FROM scope_pass GROUP BY 1, 2, 3) AS p
WHERE (s.account_id, s.region, s.source) = (p.account_id, p.region, p.source);
INSERT INTO "scope_gap" ("account_id", "region", "source", "from_at", "to_at")
SELECT account_id, region, source, before_at, recorded_at
FROM (
  SELECT p.account_id, p.region, p.source, p.recorded_at,
    lag(p.recorded_at) OVER (PARTITION BY p.account_id, p.region, p.source ORDER BY p.recorded_at) AS before_at
  FROM (SELECT DISTINCT account_id, region, source, recorded_at FROM scope_pass) AS p JOIN scope USING (account_id, region, source)
) AS passes
WHERE recorded_at - before_at > INTERVAL '7 days';

DROP TRIGGER "scope_pass_spans" ON "scope_pass";
DROP FUNCTION span_scope_passes();
DROP TABLE "scope_span";
