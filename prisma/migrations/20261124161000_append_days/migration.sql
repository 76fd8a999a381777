-- The days of the organisation are shared by all writers: from the first event that one wrote until it was through, all
-- others waited. Each statement appends a part of its own instead (see organisation_cube); what is read is their sum.
LOCK TABLE "lifecycle_event", "day_delta_organisation" IN SHARE ROW EXCLUSIVE MODE;
ALTER TABLE "day_delta_organisation" ADD COLUMN "part" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "day_delta_organisation" ALTER COLUMN "part" DROP DEFAULT,
  DROP CONSTRAINT "day_delta_organisation_pkey",
  ADD CONSTRAINT "day_delta_organisation_pkey" PRIMARY KEY ("source", "type", "severity", "day", "movement", "is_sample", "reason", "part");
CREATE INDEX "day_delta_organisation_part_idx" ON "day_delta_organisation" ("part") WHERE "part" > 0;

-- n counts movements (always upwards but for a deletion); the sign of a movement says what it does to what is open. Each
-- event is looked at once.
CREATE OR REPLACE FUNCTION roll_up_day_deltas() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  part CONSTANT BIGINT := nextval('rollup_part');
BEGIN
  WITH moved AS MATERIALIZED (
    SELECT e.account_id, m.lineage_id, e.source, e.type, m.severity, (e.recorded_at AT TIME ZONE 'UTC')::date AS day, m.movement, e.is_sample, m.reason,
      count(*) * TG_ARGV[0]::int AS n
    FROM changed_rows AS e CROSS JOIN LATERAL movements_of(e.*::lifecycle_event) AS m
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ), lineages AS (
    INSERT INTO day_delta_lineage AS d
    SELECT account_id, lineage_id, source, type, severity, day, movement, is_sample, sum(n)
    FROM moved GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
    ON CONFLICT (account_id, lineage_id, source, type, severity, day, movement, is_sample) DO UPDATE SET n = d.n + EXCLUDED.n
  ), accounts AS (
    INSERT INTO day_delta_account AS d (account_id, source, type, severity, day, movement, is_sample, reason, n)
    SELECT account_id, source, type, severity, day, movement, is_sample, reason, sum(n)
    FROM moved GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
    ON CONFLICT (account_id, source, type, severity, day, movement, is_sample, reason) DO UPDATE SET n = d.n + EXCLUDED.n
  )
  INSERT INTO day_delta_organisation (source, type, severity, day, movement, is_sample, reason, part, n)
  SELECT m.source, m.type, m.severity, m.day, m.movement, m.is_sample, m.reason, part, sum(m.n)
  FROM moved AS m GROUP BY 1, 2, 3, 4, 5, 6, 7;
  RETURN NULL;
END $$;
