-- CreateTable
CREATE TABLE "day_delta_team_organisation" (
    "team_id" VARCHAR(40) NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "movement" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "day_delta_team_organisation_pkey" PRIMARY KEY ("team_id","source","type","severity","day","movement","is_sample","reason","part")
);

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

LOCK TABLE "lineage_team", "lifecycle_event", "day_delta_team" IN SHARE ROW EXCLUSIVE MODE;

CREATE INDEX "day_delta_team_organisation_part_idx" ON "day_delta_team_organisation" ("part") WHERE "part" > 0;

-- What moved in the places of a team, whatever account they are in: of two hundred accounts and two years that is a
-- hundredth of the rows. It follows the accounts' own counts, however these change, by appending a part (see
-- organisation_cube).
CREATE FUNCTION sum_team_days() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  came CONSTANT TEXT := 'SELECT *, n AS change FROM new_rows';
  went CONSTANT TEXT := 'SELECT *, -n AS change FROM old_rows';
BEGIN
  EXECUTE format($counts$
    INSERT INTO day_delta_team_organisation
    SELECT team_id, source, type, severity, day, movement, is_sample, reason, $1, sum(change)
    FROM (%s) AS d GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(change) <> 0
  $counts$, CASE TG_OP WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went ELSE came || ' UNION ALL ' || went END) USING nextval('rollup_part');
  RETURN NULL;
END $$;
CREATE TRIGGER "team_days_insert" AFTER INSERT ON "day_delta_team" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sum_team_days();
CREATE TRIGGER "team_days_update" AFTER UPDATE ON "day_delta_team" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION sum_team_days();
CREATE TRIGGER "team_days_delete" AFTER DELETE ON "day_delta_team" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION sum_team_days();

-- What is stored already.
INSERT INTO "day_delta_team_organisation"
SELECT team_id, source, type, severity, day, movement, is_sample, reason, 0, sum(n)
FROM "day_delta_team" GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;
