-- AlterTable
ALTER TABLE "person" ADD COLUMN     "default_team_id" VARCHAR(40);

-- CreateTable
CREATE TABLE "team" (
    "id" VARCHAR(40) NOT NULL,
    "name" VARCHAR(80) NOT NULL,
    "position" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_rule" (
    "team_id" VARCHAR(40) NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "pattern" VARCHAR(300) NOT NULL,
    "tag_key" TEXT,
    "like_pattern" TEXT NOT NULL,

    CONSTRAINT "team_rule_pkey" PRIMARY KEY ("team_id","number")
);

-- CreateTable
CREATE TABLE "team_member" (
    "team_id" VARCHAR(40) NOT NULL,
    "person_id" UUID NOT NULL,

    CONSTRAINT "team_member_pkey" PRIMARY KEY ("team_id","person_id")
);

-- CreateTable
CREATE TABLE "lineage_team" (
    "account_id" VARCHAR(64) NOT NULL,
    "lineage_id" UUID NOT NULL,
    "team_id" VARCHAR(40) NOT NULL,

    CONSTRAINT "lineage_team_pkey" PRIMARY KEY ("account_id","lineage_id")
);

-- CreateTable
CREATE TABLE "day_delta_team" (
    "account_id" VARCHAR(64) NOT NULL,
    "team_id" VARCHAR(40) NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "movement" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "day_delta_team_pkey" PRIMARY KEY ("account_id","team_id","source","type","severity","day","movement","is_sample","reason")
);

-- CreateIndex
CREATE UNIQUE INDEX "team_name_key" ON "team"("name");

-- CreateIndex
CREATE INDEX "team_member_person_id_idx" ON "team_member"("person_id");

-- CreateIndex
CREATE INDEX "lineage_team_team_id_lineage_id_idx" ON "lineage_team"("team_id", "lineage_id");

-- CreateIndex
CREATE INDEX "day_delta_team_team_id_idx" ON "day_delta_team"("team_id");

-- AddForeignKey
ALTER TABLE "team_rule" ADD CONSTRAINT "team_rule_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "team_rule" ADD CHECK ("kind" IN ('account', 'tag', 'image', 'function', 'repository', 'scan')),
  ADD CHECK (("kind" = 'tag') = ("tag_key" IS NOT NULL));

-- What moved in the places of a team. The account stands in the key, so that writers of different accounts share no row.
-- Where no place has a team, it costs one look.
CREATE FUNCTION roll_up_team_deltas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM lineage_team) THEN RETURN NULL; END IF;
  INSERT INTO day_delta_team AS d (account_id, team_id, source, type, severity, day, movement, is_sample, reason, n)
  SELECT e.account_id, t.team_id, e.source, e.type, m.severity, (e.recorded_at AT TIME ZONE 'UTC')::date, m.movement, e.is_sample, m.reason, count(*) * TG_ARGV[0]::int
  FROM changed_rows AS e CROSS JOIN LATERAL movements_of(e.*::lifecycle_event) AS m
  JOIN lineage_team t ON t.account_id = e.account_id AND t.lineage_id = m.lineage_id
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ON CONFLICT (account_id, team_id, source, type, severity, day, movement, is_sample, reason) DO UPDATE SET n = d.n + EXCLUDED.n;
  RETURN NULL;
END $$;
CREATE TRIGGER "team_deltas_insert" AFTER INSERT ON "lifecycle_event" REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION roll_up_team_deltas('1');
CREATE TRIGGER "team_deltas_delete" AFTER DELETE ON "lifecycle_event" REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION roll_up_team_deltas('-1');

-- A place that comes to a team, or leaves it, takes its whole past along. Most movements have one reason; of the others
-- the events tell it, which are read only where there are such.
CREATE FUNCTION move_team_deltas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO day_delta_team AS d (account_id, team_id, source, type, severity, day, movement, is_sample, reason, n)
  SELECT c.account_id, c.team_id, l.source, l.type, l.severity, l.day, l.movement, l.is_sample,
    CASE WHEN l.movement IN ('moved-in', 'moved-out') THEN 'moved' ELSE l.movement END, sum(l.n) * TG_ARGV[0]::int
  FROM changed_rows c JOIN day_delta_lineage l ON l.account_id = c.account_id AND l.lineage_id = c.lineage_id
  WHERE l.movement NOT IN ('rescored-in', 'rescored-out', 'unsuppressed')
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(l.n) <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ON CONFLICT (account_id, team_id, source, type, severity, day, movement, is_sample, reason) DO UPDATE SET n = d.n + EXCLUDED.n;
  IF EXISTS (
    SELECT FROM changed_rows c JOIN day_delta_lineage l ON l.account_id = c.account_id AND l.lineage_id = c.lineage_id
    WHERE l.movement IN ('rescored-in', 'rescored-out', 'unsuppressed') AND l.n <> 0
  ) THEN
    INSERT INTO day_delta_team AS d (account_id, team_id, source, type, severity, day, movement, is_sample, reason, n)
    SELECT c.account_id, c.team_id, e.source, e.type, m.severity, (e.recorded_at AT TIME ZONE 'UTC')::date, m.movement, e.is_sample, m.reason, count(*) * TG_ARGV[0]::int
    FROM lifecycle_event AS e CROSS JOIN LATERAL movements_of(e) AS m
    JOIN changed_rows c ON c.account_id = e.account_id AND c.lineage_id = m.lineage_id
    WHERE e.account_id IN (SELECT account_id FROM changed_rows) AND m.movement IN ('rescored-in', 'rescored-out', 'unsuppressed')
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    ON CONFLICT (account_id, team_id, source, type, severity, day, movement, is_sample, reason) DO UPDATE SET n = d.n + EXCLUDED.n;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "lineage_team_insert" AFTER INSERT ON "lineage_team" REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_deltas('1');
CREATE TRIGGER "lineage_team_update_new" AFTER UPDATE ON "lineage_team" REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_deltas('1');
CREATE TRIGGER "lineage_team_update_old" AFTER UPDATE ON "lineage_team" REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_deltas('-1');
CREATE TRIGGER "lineage_team_delete" AFTER DELETE ON "lineage_team" REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION move_team_deltas('-1');
