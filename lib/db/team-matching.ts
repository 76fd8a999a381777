/** That a resource `r` is matched by a rule `q` of a team: the columns of `team_rule`. */
export const IS_MATCHED = `CASE q.kind
  WHEN 'account' THEN r.account_id LIKE q.like_pattern
  WHEN 'tag' THEN r.tags ->> q.tag_key LIKE q.like_pattern
  WHEN 'scan' THEN r.lineage LIKE 'scan:%' AND substr(r.lineage, 6) LIKE q.like_pattern
  ELSE split_part(r.lineage, ':', 1) = q.kind AND regexp_replace(r.lineage, '^[a-z]+:([^/]*/)?', '') LIKE q.like_pattern
END`;

/** That a finding `f` has a lineage of its own, within that of its resource: a place in code. */
export const HAS_OWN_LINEAGE = "(f.source <> 'inspector' OR f.type = 'code')";
