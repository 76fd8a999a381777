-- A finding that leaves an issue changes the clock of an issue whose findings did not change: then the newest of these
-- tells an instant that is past, and the change was known from then on. Whoever refreshes clocks says since when.
CREATE FUNCTION clock_changed_at() RETURNS timestamptz STABLE LANGUAGE sql AS $$
  SELECT nullif(current_setting('sightline.clock_changed_at', true), '')::timestamptz
$$;

CREATE OR REPLACE FUNCTION keep_clock_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    UPDATE issue_clock_version AS v SET valid_to = greatest(v.valid_from, c.at)
    FROM (
      SELECT o.account_id, o.issue_id, o.number,
        greatest(
          (SELECT max(updated_at) FROM finding f WHERE f.account_id = o.account_id AND f.issue_id = o.issue_id),
          clock_changed_at()) AS at
      FROM old_rows o JOIN new_rows n ON (n.account_id, n.issue_id, n.number) = (o.account_id, o.issue_id, o.number)
      WHERE (o.opened_at, o.closed_at, o.is_fix) IS DISTINCT FROM (n.opened_at, n.closed_at, n.is_fix)
    ) AS c
    WHERE (v.account_id, v.issue_id, v.number) = (c.account_id, c.issue_id, c.number) AND v.valid_to = 'infinity';
  END IF;
  INSERT INTO issue_clock_version AS v (account_id, issue_id, number, valid_from, valid_to, opened_at, closed_at, is_fix)
  SELECT n.account_id, n.issue_id, n.number,
    greatest(
      coalesce((SELECT max(updated_at) FROM finding f WHERE f.account_id = n.account_id AND f.issue_id = n.issue_id), n.opened_at),
      (SELECT max(valid_to) FROM issue_clock_version b WHERE (b.account_id, b.issue_id, b.number) = (n.account_id, n.issue_id, n.number)),
      CASE WHEN TG_OP = 'UPDATE' THEN clock_changed_at() END
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

CREATE OR REPLACE FUNCTION end_clock_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE issue_clock_version AS v SET valid_to = greatest(v.valid_from, c.at)
  FROM (
    SELECT o.account_id, o.issue_id, o.number, greatest(max(f.updated_at), clock_changed_at()) AS at
    FROM old_rows o JOIN finding f ON f.account_id = o.account_id AND f.issue_id = o.issue_id GROUP BY 1, 2, 3
  ) AS c
  WHERE (v.account_id, v.issue_id, v.number) = (c.account_id, c.issue_id, c.number) AND v.valid_to = 'infinity';
  DELETE FROM issue_clock_version AS v USING old_rows o
  WHERE (v.account_id, v.issue_id) = (o.account_id, o.issue_id)
    AND NOT EXISTS (SELECT FROM finding f WHERE f.account_id = o.account_id AND f.issue_id = o.issue_id);
  RETURN NULL;
END $$;
