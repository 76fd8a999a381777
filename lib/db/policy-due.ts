/** The days that the policy in force sets for a field of an issue `i` of team `t`: the narrowest rule that has any. */
const daysFor = (field: string) => `(
  SELECT r.days FROM sla_rule r
  WHERE r.version = (SELECT max(number) FROM sla_version) AND r.field = ${field}
    AND (r.level = 'organisation' OR (r.level = 'account' AND r.scope_id = i.account_id) OR (r.level = 'team' AND r.scope_id = t.team_id))
  ORDER BY array_position(ARRAY['team', 'account', 'organisation'], r.level) LIMIT 1)`;

/** That an open finding of the issue is known to be exploited. */
const IS_EXPLOITED = `EXISTS (
  SELECT FROM finding f WHERE f.account_id = i.account_id AND f.issue_id = i.id AND f.status <> 'closed' AND f.known_exploited)`;

/** That an open finding of the issue lies on a resource with an active finding of an open network path, or is one. */
const IS_REACHABLE = `EXISTS (
  SELECT FROM finding f JOIN finding n ON n.account_id = f.account_id AND n.resource_id = f.resource_id
  WHERE f.account_id = i.account_id AND f.issue_id = i.id AND f.status <> 'closed' AND n.type = 'network' AND n.status = 'active')`;

const ifSo = (days: string, condition: string) => `CASE WHEN ${days} IS NOT NULL AND ${condition} THEN ${days} END`;

/**
 * What an issue's due date is joined to for `POLICY_DUE`: its present clock and its team. LEAST passes over what is null.
 */
export const POLICY_DUE_JOINS = `
  JOIN issue_clock k ON k.account_id = i.account_id AND k.issue_id = i.id AND k.number = i.clock
  LEFT JOIN lineage_team t ON t.account_id = i.account_id AND t.lineage_id = i.lineage_id
  CROSS JOIN LATERAL (SELECT ${daysFor("i.severity")} AS severity, ${daysFor("'exploited'")} AS exploited, ${daysFor("'reachable'")} AS reachable OFFSET 0) AS days
  CROSS JOIN LATERAL (SELECT days.severity, ${ifSo("days.exploited", IS_EXPLOITED)} AS exploited, ${ifSo("days.reachable", IS_REACHABLE)} AS reachable OFFSET 0) AS applied`;

/** When the policy in force wants an open issue `i` fixed: the last instant of the UTC day so many days after its clock began. */
export const POLICY_DUE = `
  (date_trunc('day', k.opened_at AT TIME ZONE 'UTC')
    + make_interval(days => least(applied.severity, applied.exploited, applied.reachable) + 1)) AT TIME ZONE 'UTC'
  - INTERVAL '1 millisecond'`;
