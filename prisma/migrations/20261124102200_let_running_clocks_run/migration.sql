-- Clocks that ran when their history began got a version that ended as it started: the greatest of an end that is not
-- known and a start is the start. It goes on until the clock changes.
UPDATE "issue_clock_version" AS v SET "valid_to" = 'infinity'
FROM "issue_clock" k
WHERE (k.account_id, k.issue_id, k.number) = (v.account_id, v.issue_id, v.number)
  AND k.closed_at IS NULL AND v.closed_at IS NULL
  AND NOT EXISTS (
    SELECT FROM "issue_clock_version" p
    WHERE (p.account_id, p.issue_id, p.number) = (v.account_id, v.issue_id, v.number) AND p.valid_to = 'infinity');
