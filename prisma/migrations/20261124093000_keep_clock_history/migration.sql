-- CreateTable
CREATE TABLE "issue_clock_version" (
    "account_id" VARCHAR(64) NOT NULL,
    "issue_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "is_fix" BOOLEAN NOT NULL,

    CONSTRAINT "issue_clock_version_pkey" PRIMARY KEY ("account_id","issue_id","number","valid_from")
);

-- ── What Prisma cannot say ──────────────────────────────────────────────────────────────────────────────────────────

-- What the clocks of before were known to say, and since when: an end since the events that tell of it were recorded.
WITH told AS (
  SELECT account_id, issue_id, occurred_at, kind = 'closed' AS is_end, min(recorded_at) AS first_at, max(recorded_at) AS last_at
  FROM lifecycle_event WHERE kind IN ('opened', 'reopened', 'closed') GROUP BY 1, 2, 3, 4
), clock AS (
  SELECT k.*, coalesce(began.first_at, k.opened_at) AS known_at,
    greatest(coalesce(ended.last_at, k.closed_at), began.first_at, k.opened_at) AS ended_at
  FROM issue_clock k
  LEFT JOIN told began ON (began.account_id, began.issue_id, began.occurred_at) = (k.account_id, k.issue_id, k.opened_at) AND NOT began.is_end
  LEFT JOIN told ended ON (ended.account_id, ended.issue_id, ended.occurred_at) = (k.account_id, k.issue_id, k.closed_at) AND ended.is_end
)
INSERT INTO "issue_clock_version" ("account_id", "issue_id", "number", "valid_from", "valid_to", "opened_at", "closed_at", "is_fix")
SELECT account_id, issue_id, number, known_at, coalesce(ended_at, 'infinity'), opened_at, NULL, false
FROM clock WHERE closed_at IS NULL OR ended_at > known_at
UNION ALL
SELECT account_id, issue_id, number, greatest(ended_at, known_at), 'infinity', opened_at, closed_at, is_fix
FROM clock WHERE closed_at IS NOT NULL;

-- A clock changes when a finding of its issue does: from then on it is known to say otherwise. What nobody has a finding
-- of any more leaves no history. Changed again at the same instant, a version is overwritten.
CREATE FUNCTION keep_clock_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    UPDATE issue_clock_version AS v SET valid_to = greatest(v.valid_from, c.at)
    FROM (
      SELECT o.account_id, o.issue_id, o.number,
        (SELECT max(updated_at) FROM finding f WHERE f.account_id = o.account_id AND f.issue_id = o.issue_id) AS at
      FROM old_rows o JOIN new_rows n ON (n.account_id, n.issue_id, n.number) = (o.account_id, o.issue_id, o.number)
      WHERE (o.opened_at, o.closed_at, o.is_fix) IS DISTINCT FROM (n.opened_at, n.closed_at, n.is_fix)
    ) AS c
    WHERE (v.account_id, v.issue_id, v.number) = (c.account_id, c.issue_id, c.number) AND v.valid_to = 'infinity';
  END IF;
  INSERT INTO issue_clock_version AS v (account_id, issue_id, number, valid_from, valid_to, opened_at, closed_at, is_fix)
  SELECT n.account_id, n.issue_id, n.number,
    greatest(
      coalesce((SELECT max(updated_at) FROM finding f WHERE f.account_id = n.account_id AND f.issue_id = n.issue_id), n.opened_at),
      (SELECT max(valid_to) FROM issue_clock_version b WHERE (b.account_id, b.issue_id, b.number) = (n.account_id, n.issue_id, n.number))
    ), 'infinity', n.opened_at, n.closed_at, n.is_fix
  FROM new_rows n
  WHERE NOT EXISTS (
    SELECT FROM issue_clock_version p
    WHERE (p.account_id, p.issue_id, p.number) = (n.account_id, n.issue_id, n.number) AND p.valid_to = 'infinity')
  ORDER BY 1, 2, 3
  ON CONFLICT (account_id, issue_id, number, valid_from) DO UPDATE SET valid_to = EXCLUDED.valid_to,
    opened_at = EXCLUDED.opened_at, closed_at = EXCLUDED.closed_at, is_fix = EXCLUDED.is_fix;
  RETURN NULL;
END $$;
CREATE TRIGGER "issue_clock_versions_insert" AFTER INSERT ON "issue_clock" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_clock_versions();
CREATE TRIGGER "issue_clock_versions_update" AFTER UPDATE ON "issue_clock" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_clock_versions();

CREATE FUNCTION end_clock_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE issue_clock_version AS v SET valid_to = greatest(v.valid_from, c.at)
  FROM (
    SELECT o.account_id, o.issue_id, o.number, max(f.updated_at) AS at
    FROM old_rows o JOIN finding f ON f.account_id = o.account_id AND f.issue_id = o.issue_id GROUP BY 1, 2, 3
  ) AS c
  WHERE (v.account_id, v.issue_id, v.number) = (c.account_id, c.issue_id, c.number) AND v.valid_to = 'infinity';
  DELETE FROM issue_clock_version AS v USING old_rows o
  WHERE (v.account_id, v.issue_id) = (o.account_id, o.issue_id)
    AND NOT EXISTS (SELECT FROM finding f WHERE f.account_id = o.account_id AND f.issue_id = o.issue_id);
  RETURN NULL;
END $$;
CREATE TRIGGER "issue_clock_versions_delete" AFTER DELETE ON "issue_clock" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION end_clock_versions();
