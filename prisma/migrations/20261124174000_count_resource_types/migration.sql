-- CreateTable
CREATE TABLE "day_delta_resource_type" (
    "account_id" VARCHAR(64) NOT NULL,
    "team_id" VARCHAR(40) NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "resource_type" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "movement" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "day_delta_resource_type_pkey" PRIMARY KEY ("account_id","team_id","source","type","severity","resource_type","day","movement","is_sample")
);

-- CreateTable
CREATE TABLE "day_delta_resource_type_organisation" (
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "resource_type" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "movement" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "day_delta_resource_type_organisation_pkey" PRIMARY KEY ("source","type","severity","resource_type","day","movement","is_sample","part")
);

-- CreateIndex
CREATE INDEX "day_delta_resource_type_team_id_idx" ON "day_delta_resource_type"("team_id");

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

-- In the order in which writers take them.
LOCK TABLE "finding", "lineage_team", "lifecycle_event" IN SHARE ROW EXCLUSIVE MODE;

CREATE INDEX "day_delta_resource_type_organisation_part_idx" ON "day_delta_resource_type_organisation" ("part") WHERE "part" > 0;

-- What moved in findings on resources of a type: an event knows its finding, and the finding the type. What no team has
-- stands under @none. The organisation's counts are appended in parts (see organisation_cube).
CREATE FUNCTION roll_up_resource_type_deltas() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  part CONSTANT BIGINT := nextval('rollup_part');
BEGIN
  WITH moved AS MATERIALIZED (
    SELECT e.account_id, coalesce(t.team_id, '@none') AS team_id, e.source, e.type, m.severity, f.resource_type,
      (e.recorded_at AT TIME ZONE 'UTC')::date AS day, m.movement, e.is_sample, count(*) * TG_ARGV[0]::int AS n
    FROM changed_rows AS e CROSS JOIN LATERAL movements_of(e.*::lifecycle_event) AS m
    JOIN finding f ON f.account_id = e.account_id AND f.id = e.finding_id
    LEFT JOIN lineage_team t ON t.account_id = e.account_id AND t.lineage_id = m.lineage_id
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ), accounts AS (
    INSERT INTO day_delta_resource_type AS d
    SELECT * FROM moved ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    ON CONFLICT (account_id, team_id, source, type, severity, resource_type, day, movement, is_sample) DO UPDATE SET n = d.n + EXCLUDED.n
  )
  INSERT INTO day_delta_resource_type_organisation
  SELECT m.source, m.type, m.severity, m.resource_type, m.day, m.movement, m.is_sample, part, sum(m.n)
  FROM moved AS m GROUP BY 1, 2, 3, 4, 5, 6, 7;
  RETURN NULL;
END $$;
CREATE TRIGGER "resource_type_deltas_insert" AFTER INSERT ON "lifecycle_event" REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION roll_up_resource_type_deltas('1');
CREATE TRIGGER "resource_type_deltas_delete" AFTER DELETE ON "lifecycle_event" REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION roll_up_resource_type_deltas('-1');

-- A finding whose resource turns out to be of another type takes its whole past along: lists know today's type alone.
CREATE FUNCTION move_in_resource_type_deltas() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  part CONSTANT BIGINT := nextval('rollup_part');
BEGIN
  WITH moved AS MATERIALIZED (
    SELECT e.account_id, coalesce(t.team_id, '@none') AS team_id, e.source, e.type, m.severity, v.resource_type,
      (e.recorded_at AT TIME ZONE 'UTC')::date AS day, m.movement, e.is_sample, sum(v.n) AS n
    FROM lifecycle_event AS e CROSS JOIN LATERAL movements_of(e) AS m
    LEFT JOIN lineage_team t ON t.account_id = e.account_id AND t.lineage_id = m.lineage_id
    CROSS JOIN (VALUES (OLD.resource_type, -1), (NEW.resource_type, 1)) AS v (resource_type, n)
    WHERE e.account_id = NEW.account_id AND e.finding_id = NEW.id
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ), accounts AS (
    INSERT INTO day_delta_resource_type AS d
    SELECT * FROM moved ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    ON CONFLICT (account_id, team_id, source, type, severity, resource_type, day, movement, is_sample) DO UPDATE SET n = d.n + EXCLUDED.n
  )
  INSERT INTO day_delta_resource_type_organisation
  SELECT m.source, m.type, m.severity, m.resource_type, m.day, m.movement, m.is_sample, part, sum(m.n)
  FROM moved AS m GROUP BY 1, 2, 3, 4, 5, 6, 7;
  RETURN NULL;
END $$;
CREATE TRIGGER "resource_type_deltas_of_finding" AFTER UPDATE OF "resource_type" ON "finding" FOR EACH ROW
  WHEN (OLD.resource_type IS DISTINCT FROM NEW.resource_type) EXECUTE FUNCTION move_in_resource_type_deltas();

-- A place that comes to a team, or leaves it, takes its whole past along. What one has is read from the events, and only
-- where there are any: a new place has none.
CREATE FUNCTION move_team_resource_type_deltas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM changed_rows c JOIN day_delta_lineage l ON l.account_id = c.account_id AND l.lineage_id = c.lineage_id
    WHERE l.n <> 0
  ) THEN RETURN NULL; END IF;
  INSERT INTO day_delta_resource_type AS d
  SELECT e.account_id, v.team_id, e.source, e.type, m.severity, f.resource_type, (e.recorded_at AT TIME ZONE 'UTC')::date, m.movement, e.is_sample, sum(v.n)
  FROM lifecycle_event AS e CROSS JOIN LATERAL movements_of(e) AS m
  JOIN changed_rows c ON c.account_id = e.account_id AND c.lineage_id = m.lineage_id
  JOIN finding f ON f.account_id = e.account_id AND f.id = e.finding_id
  CROSS JOIN LATERAL (VALUES (c.team_id, TG_ARGV[0]::int), ('@none', -TG_ARGV[0]::int)) AS v (team_id, n)
  WHERE e.account_id IN (SELECT account_id FROM changed_rows)
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ON CONFLICT (account_id, team_id, source, type, severity, resource_type, day, movement, is_sample) DO UPDATE SET n = d.n + EXCLUDED.n;
  RETURN NULL;
END $$;
CREATE TRIGGER "lineage_team_types_insert" AFTER INSERT ON "lineage_team" REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_resource_type_deltas('1');
CREATE TRIGGER "lineage_team_types_update_new" AFTER UPDATE ON "lineage_team" REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_resource_type_deltas('1');
CREATE TRIGGER "lineage_team_types_update_old" AFTER UPDATE ON "lineage_team" REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_resource_type_deltas('-1');
CREATE TRIGGER "lineage_team_types_delete" AFTER DELETE ON "lineage_team" REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_resource_type_deltas('-1');

-- What is stored already.
INSERT INTO "day_delta_resource_type"
SELECT e.account_id, coalesce(t.team_id, '@none'), e.source, e.type, m.severity, f.resource_type, (e.recorded_at AT TIME ZONE 'UTC')::date, m.movement, e.is_sample, count(*)
FROM "lifecycle_event" AS e CROSS JOIN LATERAL movements_of(e) AS m
JOIN "finding" f ON f.account_id = e.account_id AND f.id = e.finding_id
LEFT JOIN "lineage_team" t ON t.account_id = e.account_id AND t.lineage_id = m.lineage_id
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
INSERT INTO "day_delta_resource_type_organisation"
SELECT source, type, severity, resource_type, day, movement, is_sample, 0, sum(n)
FROM "day_delta_resource_type" GROUP BY 1, 2, 3, 4, 5, 6, 7;
