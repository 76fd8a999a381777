-- Nobody writes what is counted here until it is.
LOCK TABLE "lineage_team", "finding", "issue_clock_version", "finding_version" IN SHARE ROW EXCLUSIVE MODE;

-- CreateTable
CREATE TABLE "due_delta" (
    "account_id" VARCHAR(64) NOT NULL,
    "team_id" VARCHAR(40) NOT NULL,
    "unit" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "kinds" BIGINT NOT NULL,
    "sample_kinds" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "due_delta_pkey" PRIMARY KEY ("account_id","team_id","unit","standing","day","kinds","sample_kinds")
);

-- CreateTable
CREATE TABLE "due_delta_organisation" (
    "team_id" VARCHAR(40) NOT NULL,
    "unit" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "kinds" BIGINT NOT NULL,
    "sample_kinds" BIGINT NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "due_delta_organisation_pkey" PRIMARY KEY ("team_id","unit","standing","day","kinds","sample_kinds","part")
);

-- CreateTable
CREATE TABLE "due_fix" (
    "account_id" VARCHAR(64) NOT NULL,
    "team_id" VARCHAR(40) NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "closed_on" DATE NOT NULL,
    "known_on" DATE NOT NULL,
    "is_in_time" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "due_fix_pkey" PRIMARY KEY ("account_id","team_id","source","type","severity","is_sample","closed_on","known_on","is_in_time")
);

-- CreateTable
CREATE TABLE "due_fix_organisation" (
    "team_id" VARCHAR(40) NOT NULL,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "closed_on" DATE NOT NULL,
    "known_on" DATE NOT NULL,
    "is_in_time" BOOLEAN NOT NULL,
    "part" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "due_fix_organisation_pkey" PRIMARY KEY ("team_id","source","type","severity","is_sample","closed_on","known_on","is_in_time","part")
);

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

-- What is open and due at a moment depends on the versions that hold then, and on nothing that comes later. So it is the
-- sum of what changed up to then: something comes to be open in time, it becomes overdue once its date has passed, it goes.
-- Those changes are kept by day. An issue is open in time, or overdue, while any of its findings is: what changes for it
-- can only be told from all of them. Each statement counts the issues that it touches as they were and as they are, from
-- the first moment on that it changes, and adds the difference.
--
-- `kinds` is a bit for each source, type and severity that an issue has active findings of, `sample_kinds` the same of
-- sample findings: a scope is told by bits, and an issue is counted once whichever of them it has. A finding has one bit.

CREATE INDEX "due_delta_organisation_part_idx" ON "due_delta_organisation" ("part") WHERE "part" > 0;
CREATE INDEX "due_fix_organisation_part_idx" ON "due_fix_organisation" ("part") WHERE "part" > 0;
-- What became known within a day.
CREATE INDEX "issue_clock_version_known_idx" ON "issue_clock_version" ("valid_from") WHERE "is_fix";
CREATE INDEX "issue_clock_version_left_idx" ON "issue_clock_version" ("valid_to") WHERE "is_fix" AND "valid_to" < 'infinity';
-- What a person lets be due within a day: everything else is due at the end of one.
CREATE INDEX "finding_version_due_idx" ON "finding_version" ("due_at") WHERE ("due_at" AT TIME ZONE 'UTC')::time <> '23:59:59.999';

CREATE FUNCTION due_kind("source" TEXT, "type" TEXT, "severity" TEXT) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT 1::bigint << (array_position(ARRAY['inspector', 'codeguru', 'sarif'], source) - 1) * 18
    + (array_position(ARRAY['package', 'network', 'code'], type) - 1) * 6
    + array_position(ARRAY['critical', 'high', 'medium', 'low', 'untriaged', 'info'], severity) - 1
$$;

-- A finding of an issue, a time in which it was active and due, and a fix of an issue with its worst finding. `n`: 1 = as
-- it is, -1 = as it was.
CREATE TYPE "due_member" AS ("n" INTEGER, "account_id" TEXT, "team_id" TEXT, "issue_id" UUID, "id" UUID, "source" TEXT, "type" TEXT, "is_sample" BOOLEAN);
CREATE TYPE "due_span" AS ("n" INTEGER, "account_id" TEXT, "team_id" TEXT, "issue_id" UUID, "kind" BIGINT, "is_sample" BOOLEAN,
  "valid_from" TIMESTAMPTZ, "valid_to" TIMESTAMPTZ, "due_at" TIMESTAMPTZ);
CREATE TYPE "due_fixed" AS ("n" INTEGER, "account_id" TEXT, "team_id" TEXT, "source" TEXT, "type" TEXT, "severity" TEXT,
  "is_sample" BOOLEAN, "closed_at" TIMESTAMPTZ, "known_from" TIMESTAMPTZ, "known_to" TIMESTAMPTZ, "due_at" TIMESTAMPTZ);

CREATE FUNCTION add_due_spans("spans" "due_span"[]) RETURNS void LANGUAGE sql AS $$
  WITH span AS MATERIALIZED (
    SELECT *, greatest(valid_from, due_at + INTERVAL '1 millisecond') AS late_at FROM unnest(spans)
  ), edge AS MATERIALIZED (
    SELECT s.n, s.account_id, s.team_id, s.issue_id, s.kind, s.is_sample, e.standing, e.at, sum(e.step) AS step
    FROM span s CROSS JOIN LATERAL (VALUES
      ('in-time', s.valid_from, 1), ('in-time', least(s.valid_to, s.late_at), -1),
      ('overdue', s.late_at, 1), ('overdue', greatest(s.valid_to, s.late_at), -1)) AS e (standing, at, step)
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(e.step) <> 0
  ), present AS (
    SELECT *, sum(step) OVER (PARTITION BY n, account_id, team_id, issue_id, standing, is_sample, kind ORDER BY at) AS active FROM edge
  ), turn AS (
    SELECT n, account_id, team_id, issue_id, standing, at,
      sum(CASE WHEN is_sample THEN 0 ELSE turned * kind END) AS kinds, sum(CASE WHEN is_sample THEN turned * kind ELSE 0 END) AS sample_kinds
    FROM (SELECT *, (active > 0)::int - (active - step > 0)::int AS turned FROM present) AS p WHERE turned <> 0 GROUP BY 1, 2, 3, 4, 5, 6
  ), stood AS (
    SELECT n, account_id, team_id, standing, at, kinds AS new_kinds, sample_kinds AS new_samples,
      sum(kinds) OVER issue AS kinds, sum(sample_kinds) OVER issue AS sample_kinds
    FROM turn WINDOW issue AS (PARTITION BY n, account_id, team_id, issue_id, standing ORDER BY at)
  ), moved AS MATERIALIZED (
    SELECT account_id, team_id, unit, standing, (at AT TIME ZONE 'UTC')::date AS day, kinds::bigint, sample_kinds::bigint, sum(n)::int AS n
    FROM (
      SELECT account_id, team_id, 'finding' AS unit, standing, at, CASE WHEN is_sample THEN 0 ELSE kind END AS kinds,
        CASE WHEN is_sample THEN kind ELSE 0 END AS sample_kinds, n * step AS n
      FROM edge
      UNION ALL
      SELECT s.account_id, s.team_id, 'issue', s.standing, s.at, m.kinds, m.sample_kinds, s.n * m.step
      FROM stood s CROSS JOIN LATERAL (VALUES
        (s.kinds, s.sample_kinds, 1), (s.kinds - s.new_kinds, s.sample_kinds - s.new_samples, -1)) AS m (kinds, sample_kinds, step)
      WHERE m.kinds > 0 OR m.sample_kinds > 0
    ) AS d WHERE at < 'infinity' GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0
  ), parts AS (
    INSERT INTO due_delta_organisation
    SELECT team_id, unit, standing, day, kinds, sample_kinds, (SELECT nextval('rollup_part')), sum(n)
    FROM moved GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0
  )
  INSERT INTO due_delta AS d SELECT * FROM moved ORDER BY 1, 2, 3, 4, 5, 6, 7
  ON CONFLICT (account_id, team_id, unit, standing, day, kinds, sample_kinds) DO UPDATE SET n = d.n + EXCLUDED.n
$$;

-- A fix counts from the day on which it was known until the day on which it was found to be none.
CREATE FUNCTION add_due_fixes("fixes" "due_fixed"[]) RETURNS void LANGUAGE sql AS $$
  WITH moved AS MATERIALIZED (
    SELECT f.account_id, f.team_id, f.source, f.type, f.severity, f.is_sample, (f.closed_at AT TIME ZONE 'UTC')::date AS closed_on,
      (k.at AT TIME ZONE 'UTC')::date AS known_on, f.due_at >= f.closed_at AS is_in_time, sum(f.n * k.step)::int AS n
    FROM unnest(fixes) AS f CROSS JOIN LATERAL (VALUES (f.known_from, 1), (f.known_to, -1)) AS k (at, step)
    WHERE k.at < 'infinity' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(f.n * k.step) <> 0
  ), parts AS (
    INSERT INTO due_fix_organisation
    SELECT team_id, source, type, severity, is_sample, closed_on, known_on, is_in_time, (SELECT nextval('rollup_part')), sum(n)
    FROM moved GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(n) <> 0
  )
  INSERT INTO due_fix AS d SELECT * FROM moved ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ON CONFLICT (account_id, team_id, source, type, severity, is_sample, closed_on, known_on, is_in_time) DO UPDATE SET n = d.n + EXCLUDED.n
$$;

-- Without any due date there is nothing to count.
CREATE FUNCTION has_due_dates() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM sla_version) OR EXISTS (SELECT FROM issue WHERE due_at IS NOT NULL) OR EXISTS (SELECT FROM due_delta)
$$;

-- Versions that changed. A version that ended, and is what it was until then, changes nothing before its end: what was
-- before the first change of an issue is left out of both counts.
-- OFFSET 0 and LIMIT 1 keep look-ups of them, whatever the planner believes of the tables.
CREATE FUNCTION count_due_versions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  came CONSTANT TEXT := 'SELECT account_id, finding_id, valid_from, valid_to, status, severity, rank, due_at, 1 AS n FROM new_rows';
  went CONSTANT TEXT := 'SELECT account_id, finding_id, valid_from, valid_to, status, severity, rank, due_at, -1 AS n FROM old_rows';
  changed CONSTANT TEXT := CASE TG_OP WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went ELSE came || ' UNION ALL ' || went END;
  touched CONSTANT TEXT := format($touched$
    WITH changed AS MATERIALIZED (%s), since AS (
      SELECT account_id, finding_id, bool_or(due_at IS NOT NULL) AS is_dated,
        CASE WHEN count(*) = 2 AND count(DISTINCT (status, severity, rank, due_at)) = 1 THEN min(valid_to) ELSE valid_from END AS at
      FROM changed GROUP BY account_id, finding_id, valid_from
    ), touched AS MATERIALIZED (
      SELECT s.account_id, f.issue_id, min(s.at) AS since
      FROM since s CROSS JOIN LATERAL (SELECT issue_id FROM finding WHERE account_id = s.account_id AND id = s.finding_id OFFSET 0) AS f
      GROUP BY 1, 2 HAVING bool_or(s.is_dated)
    )
  $touched$, changed);
  is_dated BOOLEAN;
  spans due_span[];
  fixes due_fixed[];
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM (%s) AS c WHERE due_at IS NOT NULL)', changed) INTO is_dated;
  IF NOT is_dated THEN RETURN NULL; END IF;

  EXECUTE touched || $spans$,
    member AS MATERIALIZED (
      SELECT t.since, t.account_id, t.issue_id, f.id, f.source, f.type, f.is_sample, coalesce(l.team_id, '@none') AS team_id
      FROM touched t CROSS JOIN LATERAL (
        SELECT id, source, type, is_sample, lineage_id FROM finding
        WHERE account_id = t.account_id AND issue_id = t.issue_id AND (status <> 'closed' OR updated_at >= t.since) OFFSET 0) AS f
      LEFT JOIN lineage_team l ON l.account_id = t.account_id AND l.lineage_id = f.lineage_id
    ), stored AS MATERIALIZED (
      SELECT m.*, v.valid_from, v.valid_to, v.severity, v.due_at
      FROM member m CROSS JOIN LATERAL (
        (SELECT * FROM finding_version WHERE account_id = m.account_id AND finding_id = m.id AND valid_from <= m.since ORDER BY valid_from DESC LIMIT 1)
        UNION ALL
        (SELECT * FROM finding_version WHERE account_id = m.account_id AND finding_id = m.id AND valid_from > m.since OFFSET 0)
      ) AS v WHERE v.valid_to > m.since AND v.status = 'active' AND v.due_at IS NOT NULL
    ), span AS (
      SELECT 1 AS n, since, account_id, team_id, issue_id, source, type, severity, is_sample, valid_from, valid_to, due_at FROM stored
      UNION ALL
      SELECT -1, since, account_id, team_id, issue_id, source, type, severity, is_sample, valid_from, valid_to, due_at
      FROM stored s WHERE NOT EXISTS (
        SELECT FROM changed c WHERE c.n = 1 AND c.account_id = s.account_id AND c.finding_id = s.id AND c.valid_from = s.valid_from)
      UNION ALL
      SELECT -1, m.since, m.account_id, m.team_id, m.issue_id, m.source, m.type, c.severity, m.is_sample, c.valid_from, c.valid_to, c.due_at
      FROM changed c JOIN member m ON m.account_id = c.account_id AND m.id = c.finding_id
      WHERE c.n = -1 AND c.valid_to > m.since AND c.status = 'active' AND c.due_at IS NOT NULL
    )
    SELECT array_agg((n, account_id, team_id, issue_id, due_kind(source, type, severity), is_sample,
      greatest(valid_from, since), valid_to, due_at)::due_span) FROM span
  $spans$ INTO spans;
  IF spans IS NOT NULL THEN PERFORM add_due_spans(spans); END IF;

  EXECUTE touched || $fixes$,
    member AS MATERIALIZED (
      SELECT t.account_id, t.issue_id, k.number, k.valid_from AS known_from, k.valid_to AS known_to, k.closed_at,
        f.id, f.source, f.type, f.is_sample, coalesce(l.team_id, '@none') AS team_id
      FROM touched t CROSS JOIN LATERAL (
        SELECT * FROM issue_clock_version
        WHERE account_id = t.account_id AND issue_id = t.issue_id AND is_fix AND valid_from >= t.since OFFSET 0) AS k
      CROSS JOIN LATERAL (
        SELECT id, source, type, is_sample, lineage_id FROM finding WHERE account_id = t.account_id AND issue_id = t.issue_id OFFSET 0) AS f
      LEFT JOIN lineage_team l ON l.account_id = t.account_id AND l.lineage_id = f.lineage_id
    ), stored AS MATERIALIZED (
      SELECT m.*, v.valid_from, v.severity, v.rank, v.due_at
      FROM member m CROSS JOIN LATERAL (
        SELECT * FROM finding_version WHERE account_id = m.account_id AND finding_id = m.id AND valid_from <= m.known_from ORDER BY valid_from DESC LIMIT 1
      ) AS v WHERE v.valid_to > m.known_from
    ), stood AS (
      SELECT 1 AS n, * FROM stored
      UNION ALL
      SELECT -1, s.* FROM stored s WHERE NOT EXISTS (
        SELECT FROM changed c WHERE c.n = 1 AND c.account_id = s.account_id AND c.finding_id = s.id AND c.valid_from = s.valid_from)
      UNION ALL
      SELECT -1, m.*, c.valid_from, c.severity, c.rank, c.due_at
      FROM changed c JOIN member m ON m.account_id = c.account_id AND m.id = c.finding_id
      WHERE c.n = -1 AND c.valid_from <= m.known_from AND c.valid_to > m.known_from
    ), worst AS (
      SELECT DISTINCT ON (n, account_id, issue_id, number, known_from) * FROM stood
      ORDER BY n, account_id, issue_id, number, known_from, rank DESC, id
    )
    SELECT array_agg((n, account_id, team_id, source, type, severity, is_sample, closed_at, known_from, known_to, due_at)::due_fixed)
    FROM worst WHERE due_at IS NOT NULL
  $fixes$ INTO fixes;
  IF fixes IS NOT NULL THEN PERFORM add_due_fixes(fixes); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "finding_version_due_insert" AFTER INSERT ON "finding_version" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_due_versions();
CREATE TRIGGER "finding_version_due_update" AFTER UPDATE ON "finding_version" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_due_versions();
CREATE TRIGGER "finding_version_due_delete" AFTER DELETE ON "finding_version" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_due_versions();

-- Fixes that came to be known, or were found to be none.
CREATE FUNCTION count_due_clocks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  came CONSTANT TEXT := 'SELECT *, 1 AS n FROM new_rows WHERE is_fix';
  went CONSTANT TEXT := 'SELECT *, -1 AS n FROM old_rows WHERE is_fix';
  changed CONSTANT TEXT := CASE TG_OP WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went ELSE came || ' UNION ALL ' || went END;
  fixes due_fixed[];
BEGIN
  IF NOT has_due_dates() THEN RETURN NULL; END IF;
  EXECUTE format($fixes$
    WITH worst AS (
      SELECT DISTINCT ON (k.n, k.account_id, k.issue_id, k.number, k.valid_from) k.n, k.account_id, coalesce(l.team_id, '@none') AS team_id,
        f.source, f.type, v.severity, f.is_sample, k.closed_at, k.valid_from AS known_from, k.valid_to AS known_to, v.due_at
      FROM (%s) AS k CROSS JOIN LATERAL (
        SELECT id, source, type, is_sample, lineage_id FROM finding WHERE account_id = k.account_id AND issue_id = k.issue_id OFFSET 0) AS f
      CROSS JOIN LATERAL (
        SELECT * FROM finding_version WHERE account_id = k.account_id AND finding_id = f.id AND valid_from <= k.valid_from ORDER BY valid_from DESC LIMIT 1
      ) AS v LEFT JOIN lineage_team l ON l.account_id = k.account_id AND l.lineage_id = f.lineage_id
      WHERE v.valid_to > k.valid_from
      ORDER BY k.n, k.account_id, k.issue_id, k.number, k.valid_from, v.rank DESC, f.id
    )
    SELECT array_agg((n, account_id, team_id, source, type, severity, is_sample, closed_at, known_from, known_to, due_at)::due_fixed)
    FROM worst WHERE due_at IS NOT NULL
  $fixes$, changed) INTO fixes;
  IF fixes IS NOT NULL THEN PERFORM add_due_fixes(fixes); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "issue_clock_version_due_insert" AFTER INSERT ON "issue_clock_version" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_due_clocks();
CREATE TRIGGER "issue_clock_version_due_update" AFTER UPDATE ON "issue_clock_version" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_due_clocks();
CREATE TRIGGER "issue_clock_version_due_delete" AFTER DELETE ON "issue_clock_version" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_due_clocks();

-- The whole past of findings that are counted elsewhere or as something else now.
CREATE FUNCTION move_due_members("members" "due_member"[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  spans due_span[];
  fixes due_fixed[];
BEGIN
  SELECT array_agg((m.n, m.account_id, m.team_id, m.issue_id, due_kind(m.source, m.type, v.severity), m.is_sample,
      v.valid_from, v.valid_to, v.due_at)::due_span) INTO spans
  FROM unnest(members) AS m CROSS JOIN LATERAL (
    SELECT * FROM finding_version WHERE account_id = m.account_id AND finding_id = m.id AND status = 'active' AND due_at IS NOT NULL OFFSET 0) AS v;
  IF spans IS NOT NULL THEN PERFORM add_due_spans(spans); END IF;

  SELECT array_agg((n, account_id, team_id, source, type, severity, is_sample, closed_at, known_from, known_to, due_at)::due_fixed) INTO fixes
  FROM (
    SELECT DISTINCT ON (m.n, m.account_id, m.issue_id, k.number, k.valid_from) m.n, m.account_id, m.team_id, m.source, m.type,
      v.severity, m.is_sample, k.closed_at, k.valid_from AS known_from, k.valid_to AS known_to, v.due_at
    FROM unnest(members) AS m CROSS JOIN LATERAL (
      SELECT * FROM issue_clock_version WHERE account_id = m.account_id AND issue_id = m.issue_id AND is_fix OFFSET 0) AS k
    CROSS JOIN LATERAL (
      SELECT * FROM finding_version WHERE account_id = m.account_id AND finding_id = m.id AND valid_from <= k.valid_from ORDER BY valid_from DESC LIMIT 1
    ) AS v WHERE v.valid_to > k.valid_from
    ORDER BY m.n, m.account_id, m.issue_id, k.number, k.valid_from, v.rank DESC, m.id
  ) AS worst WHERE due_at IS NOT NULL;
  IF fixes IS NOT NULL THEN PERFORM add_due_fixes(fixes); END IF;
END $$;

-- Findings that are of another issue, place or type now, or no longer of the sample.
CREATE FUNCTION move_due_findings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  members due_member[];
BEGIN
  IF NOT has_due_dates() THEN RETURN NULL; END IF;
  WITH moved AS MATERIALIZED (
    SELECT o.account_id, o.id, o.issue_id AS old_issue, o.lineage_id, o.source, o.type, o.is_sample, n.issue_id AS new_issue
    FROM old_rows o JOIN new_rows n ON n.account_id = o.account_id AND n.id = o.id
    WHERE (o.issue_id, o.lineage_id, o.source, o.type, o.is_sample) IS DISTINCT FROM (n.issue_id, n.lineage_id, n.source, n.type, n.is_sample)
  ), touched AS MATERIALIZED (
    SELECT account_id, old_issue AS issue_id FROM moved UNION SELECT account_id, new_issue FROM moved
  ), present AS MATERIALIZED (
    SELECT f.* FROM touched t CROSS JOIN LATERAL (
      SELECT account_id, id, issue_id, lineage_id, source, type, is_sample FROM finding
      WHERE account_id = t.account_id AND issue_id = t.issue_id OFFSET 0) AS f
  ), member AS (
    SELECT 1 AS n, * FROM present
    UNION ALL
    SELECT -1, p.* FROM present p WHERE NOT EXISTS (SELECT FROM moved m WHERE m.account_id = p.account_id AND m.id = p.id)
    UNION ALL
    SELECT -1, account_id, id, old_issue, lineage_id, source, type, is_sample FROM moved
  )
  SELECT array_agg((m.n, m.account_id, coalesce(l.team_id, '@none'), m.issue_id, m.id, m.source, m.type, m.is_sample)::due_member) INTO members
  FROM member m LEFT JOIN lineage_team l ON l.account_id = m.account_id AND l.lineage_id = m.lineage_id;
  IF members IS NOT NULL THEN PERFORM move_due_members(members); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "finding_due_update" AFTER UPDATE ON "finding" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION move_due_findings();

-- A place that comes to a team, or leaves it, takes its past along.
CREATE FUNCTION move_due_teams() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  came CONSTANT TEXT := 'SELECT account_id, lineage_id, team_id, 1 AS n FROM new_rows';
  went CONSTANT TEXT := 'SELECT account_id, lineage_id, team_id, -1 AS n FROM old_rows';
  members due_member[];
BEGIN
  IF NOT has_due_dates() THEN RETURN NULL; END IF;
  EXECUTE format($members$
    WITH changed AS MATERIALIZED (%s), side AS (
      SELECT * FROM changed
      UNION ALL
      SELECT account_id, lineage_id, '@none', -sum(n)::int FROM changed GROUP BY 1, 2 HAVING sum(n) <> 0
    )
    SELECT array_agg((s.n, s.account_id, s.team_id, f.issue_id, f.id, f.source, f.type, f.is_sample)::due_member)
    FROM side s CROSS JOIN LATERAL (
      SELECT * FROM finding WHERE account_id = s.account_id AND lineage_id = s.lineage_id OFFSET 0) AS f
  $members$, CASE TG_OP WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went ELSE came || ' UNION ALL ' || went END) INTO members;
  IF members IS NOT NULL THEN PERFORM move_due_members(members); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "lineage_team_due_insert" AFTER INSERT ON "lineage_team" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION move_due_teams();
CREATE TRIGGER "lineage_team_due_update" AFTER UPDATE ON "lineage_team" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION move_due_teams();
CREATE TRIGGER "lineage_team_due_delete" AFTER DELETE ON "lineage_team" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION move_due_teams();

-- What is stored already.
INSERT INTO "due_delta"
WITH span AS (
  SELECT v.account_id, coalesce(l.team_id, '@none') AS team_id, f.issue_id, due_kind(f.source, f.type, v.severity) AS kind, f.is_sample,
    v.valid_from, v.valid_to, greatest(v.valid_from, v.due_at + INTERVAL '1 millisecond') AS late_at
  FROM "finding_version" v JOIN "finding" f ON f.account_id = v.account_id AND f.id = v.finding_id
  LEFT JOIN "lineage_team" l ON l.account_id = f.account_id AND l.lineage_id = f.lineage_id
  WHERE v.status = 'active' AND v.due_at IS NOT NULL
), edge AS MATERIALIZED (
  SELECT s.account_id, s.team_id, s.issue_id, s.kind, s.is_sample, e.standing, e.at, sum(e.step) AS step
  FROM span s CROSS JOIN LATERAL (VALUES
    ('in-time', s.valid_from, 1), ('in-time', least(s.valid_to, s.late_at), -1),
    ('overdue', s.late_at, 1), ('overdue', greatest(s.valid_to, s.late_at), -1)) AS e (standing, at, step)
  WHERE e.at < 'infinity' GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(e.step) <> 0
), present AS (
  SELECT *, sum(step) OVER (PARTITION BY account_id, team_id, issue_id, standing, is_sample, kind ORDER BY at) AS active FROM edge
), turn AS (
  SELECT account_id, team_id, issue_id, standing, at,
    sum(CASE WHEN is_sample THEN 0 ELSE turned * kind END) AS kinds, sum(CASE WHEN is_sample THEN turned * kind ELSE 0 END) AS sample_kinds
  FROM (SELECT *, (active > 0)::int - (active - step > 0)::int AS turned FROM present) AS p WHERE turned <> 0 GROUP BY 1, 2, 3, 4, 5
), stood AS (
  SELECT account_id, team_id, standing, at, kinds AS new_kinds, sample_kinds AS new_samples,
    sum(kinds) OVER issue AS kinds, sum(sample_kinds) OVER issue AS sample_kinds
  FROM turn WINDOW issue AS (PARTITION BY account_id, team_id, issue_id, standing ORDER BY at)
)
SELECT account_id, team_id, unit, standing, (at AT TIME ZONE 'UTC')::date, kinds::bigint, sample_kinds::bigint, sum(n)::int
FROM (
  SELECT account_id, team_id, 'finding' AS unit, standing, at, CASE WHEN is_sample THEN 0 ELSE kind END AS kinds,
    CASE WHEN is_sample THEN kind ELSE 0 END AS sample_kinds, step AS n
  FROM edge
  UNION ALL
  SELECT s.account_id, s.team_id, 'issue', s.standing, s.at, m.kinds, m.sample_kinds, m.step
  FROM stood s CROSS JOIN LATERAL (VALUES
    (s.kinds, s.sample_kinds, 1), (s.kinds - s.new_kinds, s.sample_kinds - s.new_samples, -1)) AS m (kinds, sample_kinds, step)
  WHERE m.kinds > 0 OR m.sample_kinds > 0
) AS d GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0;
INSERT INTO "due_delta_organisation"
SELECT team_id, unit, standing, day, kinds, sample_kinds, 0, sum(n) FROM "due_delta" GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0;
INSERT INTO "due_fix"
WITH worst AS (
  SELECT DISTINCT ON (k.account_id, k.issue_id, k.number, k.valid_from) f.account_id, coalesce(l.team_id, '@none') AS team_id, f.source, f.type,
    v.severity, f.is_sample, k.closed_at, k.valid_from, k.valid_to, v.due_at
  FROM "issue_clock_version" k JOIN "finding" f ON f.account_id = k.account_id AND f.issue_id = k.issue_id
  JOIN "finding_version" v ON v.account_id = f.account_id AND v.finding_id = f.id AND v.valid_from <= k.valid_from AND v.valid_to > k.valid_from
  LEFT JOIN "lineage_team" l ON l.account_id = f.account_id AND l.lineage_id = f.lineage_id
  WHERE k.is_fix ORDER BY k.account_id, k.issue_id, k.number, k.valid_from, v.rank DESC, f.id
)
SELECT account_id, team_id, source, type, severity, is_sample, (closed_at AT TIME ZONE 'UTC')::date, (k.at AT TIME ZONE 'UTC')::date,
  due_at >= closed_at, sum(k.step)::int
FROM worst CROSS JOIN LATERAL (VALUES (valid_from, 1), (valid_to, -1)) AS k (at, step)
WHERE due_at IS NOT NULL AND k.at < 'infinity' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(k.step) <> 0;
INSERT INTO "due_fix_organisation"
SELECT team_id, source, type, severity, is_sample, closed_on, known_on, is_in_time, 0, sum(n)
FROM "due_fix" GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(n) <> 0;
