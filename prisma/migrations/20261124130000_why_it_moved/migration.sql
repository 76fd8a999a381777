-- Why what is open moved stands beside how: whether a finding was rescored upwards or downwards, and whether a
-- suppression ran out or was lifted. The movements and their signs stay what they are, so that whoever reads only these
-- reads the same as before.

-- Nothing is appended or counted until this is through; readers go on. It is one transaction: what breaks it off leaves
-- everything as it was.
LOCK TABLE "lifecycle_event", "day_delta_lineage", "day_delta_account", "day_delta_organisation" IN SHARE ROW EXCLUSIVE MODE;

ALTER TABLE "day_delta_account" ADD COLUMN "reason" TEXT NOT NULL DEFAULT '';
ALTER TABLE "day_delta_organisation" ADD COLUMN "reason" TEXT NOT NULL DEFAULT '';

-- The movements of one event: what it takes from what was active, and what it adds, and why.
-- lib/domain/lifecycle-event.ts has the same tables.
DROP FUNCTION movements_of("lifecycle_event");
CREATE FUNCTION movements_of("e" "lifecycle_event")
RETURNS TABLE ("lineage_id" UUID, "severity" TEXT, "movement" TEXT, "reason" TEXT) LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(e.lineage_before, e.lineage_id), e.severity_before,
    CASE
      WHEN e.status_after <> 'active' THEN CASE e.kind WHEN 'closed' THEN e.cause ELSE 'suppressed' END
      WHEN e.kind = 'moved' THEN 'moved-out'
      ELSE 'rescored-out'
    END,
    CASE
      WHEN e.status_after <> 'active' THEN CASE e.kind WHEN 'closed' THEN e.cause ELSE 'suppressed' END
      WHEN e.kind = 'moved' THEN 'moved'
      WHEN array_position('{critical,high,medium,low,untriaged,info}'::text[], e.severity_after)
        < array_position('{critical,high,medium,low,untriaged,info}'::text[], e.severity_before) THEN 'rescored-up'
      ELSE 'rescored-down'
    END
  WHERE e.status_before = 'active'
    AND (e.status_after <> 'active' OR e.kind = 'moved' OR e.severity_before <> e.severity_after)
  UNION ALL
  SELECT e.lineage_id, e.severity_after,
    CASE
      WHEN e.status_before IS DISTINCT FROM 'active' THEN CASE e.kind WHEN 'opened' THEN e.cause ELSE e.kind END
      WHEN e.kind = 'moved' THEN 'moved-in'
      ELSE 'rescored-in'
    END,
    CASE
      WHEN e.status_before IS DISTINCT FROM 'active' THEN CASE
        WHEN e.kind = 'opened' THEN e.cause
        WHEN e.kind = 'reopened' THEN 'reopened'
        WHEN e.cause IN ('expiry', 'fix') THEN 'expired'
        ELSE 'lifted'
      END
      WHEN e.kind = 'moved' THEN 'moved'
      WHEN array_position('{critical,high,medium,low,untriaged,info}'::text[], e.severity_after)
        < array_position('{critical,high,medium,low,untriaged,info}'::text[], e.severity_before) THEN 'rescored-up'
      ELSE 'rescored-down'
    END
  WHERE e.status_after = 'active'
    AND (e.status_before IS DISTINCT FROM 'active' OR e.kind = 'moved' OR e.severity_before <> e.severity_after)
$$;

-- Most movements have one reason. The others are counted anew from their events.
UPDATE "day_delta_account" SET "reason" = CASE WHEN "movement" IN ('moved-in', 'moved-out') THEN 'moved' ELSE "movement" END
WHERE "movement" NOT IN ('rescored-in', 'rescored-out', 'unsuppressed');
UPDATE "day_delta_organisation" SET "reason" = CASE WHEN "movement" IN ('moved-in', 'moved-out') THEN 'moved' ELSE "movement" END
WHERE "movement" NOT IN ('rescored-in', 'rescored-out', 'unsuppressed');
DELETE FROM "day_delta_account" WHERE "movement" IN ('rescored-in', 'rescored-out', 'unsuppressed');
DELETE FROM "day_delta_organisation" WHERE "movement" IN ('rescored-in', 'rescored-out', 'unsuppressed');

ALTER TABLE "day_delta_account" ALTER COLUMN "reason" DROP DEFAULT,
  DROP CONSTRAINT "day_delta_account_pkey",
  ADD CONSTRAINT "day_delta_account_pkey" PRIMARY KEY ("account_id", "source", "type", "severity", "day", "movement", "is_sample", "reason");
ALTER TABLE "day_delta_organisation" ALTER COLUMN "reason" DROP DEFAULT,
  DROP CONSTRAINT "day_delta_organisation_pkey",
  ADD CONSTRAINT "day_delta_organisation_pkey" PRIMARY KEY ("source", "type", "severity", "day", "movement", "is_sample", "reason");

INSERT INTO "day_delta_account" ("account_id", "source", "type", "severity", "day", "movement", "is_sample", "reason", "n")
SELECT e.account_id, e.source, e.type, m.severity, (e.recorded_at AT TIME ZONE 'UTC')::date, m.movement, e.is_sample, m.reason, count(*)
FROM "lifecycle_event" AS e CROSS JOIN LATERAL movements_of(e) AS m
WHERE e.kind IN ('rescored', 'unsuppressed')
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;
INSERT INTO "day_delta_organisation" ("source", "type", "severity", "day", "movement", "is_sample", "reason", "n")
SELECT source, type, severity, day, movement, is_sample, reason, sum(n)
FROM "day_delta_account" WHERE movement IN ('rescored-in', 'rescored-out', 'unsuppressed')
GROUP BY 1, 2, 3, 4, 5, 6, 7;

CREATE OR REPLACE FUNCTION roll_up_day_deltas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO day_delta_lineage AS d
  SELECT e.account_id, m.lineage_id, e.source, e.type, m.severity, (e.recorded_at AT TIME ZONE 'UTC')::date, m.movement, e.is_sample, count(*) * TG_ARGV[0]::int
  FROM changed_rows AS e CROSS JOIN LATERAL movements_of(e.*::lifecycle_event) AS m
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
  ON CONFLICT (account_id, lineage_id, source, type, severity, day, movement, is_sample) DO UPDATE SET n = d.n + EXCLUDED.n;

  INSERT INTO day_delta_account AS d (account_id, source, type, severity, day, movement, is_sample, reason, n)
  SELECT e.account_id, e.source, e.type, m.severity, (e.recorded_at AT TIME ZONE 'UTC')::date, m.movement, e.is_sample, m.reason, count(*) * TG_ARGV[0]::int
  FROM changed_rows AS e CROSS JOIN LATERAL movements_of(e.*::lifecycle_event) AS m
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
  ON CONFLICT (account_id, source, type, severity, day, movement, is_sample, reason) DO UPDATE SET n = d.n + EXCLUDED.n;

  INSERT INTO day_delta_organisation AS d (source, type, severity, day, movement, is_sample, reason, n)
  SELECT e.source, e.type, m.severity, (e.recorded_at AT TIME ZONE 'UTC')::date, m.movement, e.is_sample, m.reason, count(*) * TG_ARGV[0]::int
  FROM changed_rows AS e CROSS JOIN LATERAL movements_of(e.*::lifecycle_event) AS m
  GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
  ON CONFLICT (source, type, severity, day, movement, is_sample, reason) DO UPDATE SET n = d.n + EXCLUDED.n;
  RETURN NULL;
END $$;
