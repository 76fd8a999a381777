import { NO_TEAM } from "#lib/domain/team-words.ts";
import { countBy, type Rollup } from "../rollup.ts";

const TEAM = `coalesce(l.team_id, '${NO_TEAM}') AS team_id`;
const TEAM_OF_FINDING = "LEFT JOIN lineage_team l ON l.account_id = f.account_id AND l.lineage_id = f.lineage_id";
const dayOf = (instant: string) => `(${instant} AT TIME ZONE 'UTC')::date`;

/** When active findings came to be in time and overdue, and when they went: one row for each issue and kind. */
const EDGES = `
  span AS (
    SELECT v.account_id, ${TEAM}, f.issue_id, due_kind(f.source, f.type, v.severity) AS kind, f.is_sample,
      v.valid_from, v.valid_to, greatest(v.valid_from, v.due_at + INTERVAL '1 millisecond') AS late_at
    FROM finding_version v JOIN finding f ON f.account_id = v.account_id AND f.id = v.finding_id ${TEAM_OF_FINDING}
    WHERE v.status = 'active' AND v.due_at IS NOT NULL
  ), edge AS MATERIALIZED (
    SELECT s.account_id, s.team_id, s.issue_id, s.kind, s.is_sample, e.standing, e.at, sum(e.step) AS step
    FROM span s CROSS JOIN LATERAL (VALUES
      ('in-time', s.valid_from, 1), ('in-time', least(s.valid_to, s.late_at), -1),
      ('overdue', s.late_at, 1), ('overdue', greatest(s.valid_to, s.late_at), -1)) AS e (standing, at, step)
    WHERE e.at < 'infinity' GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(e.step) <> 0
  )`;

/** Which kinds each issue has had, in time and overdue, from each moment on at which that changed. */
const STOOD = `
  present AS (
    SELECT *, sum(step) OVER (PARTITION BY account_id, team_id, issue_id, standing, is_sample, kind ORDER BY at) AS active FROM edge
  ), turn AS (
    SELECT account_id, team_id, issue_id, standing, at,
      sum(CASE WHEN is_sample THEN 0 ELSE turned * kind END) AS kinds, sum(CASE WHEN is_sample THEN turned * kind ELSE 0 END) AS sample_kinds
    FROM (SELECT *, (active > 0)::int - (active - step > 0)::int AS turned FROM present) AS p WHERE turned <> 0 GROUP BY 1, 2, 3, 4, 5
  ), stood AS (
    SELECT account_id, team_id, standing, at, kinds AS new_kinds, sample_kinds AS new_samples,
      sum(kinds) OVER issue AS kinds, sum(sample_kinds) OVER issue AS sample_kinds
    FROM turn WINDOW issue AS (PARTITION BY account_id, team_id, issue_id, standing ORDER BY at)
  )`;

/** What came and went, of which kinds. */
const CHANGES = `
  SELECT * FROM (
    WITH ${EDGES}, ${STOOD}
    SELECT account_id, team_id, unit, standing, ${dayOf("at")} AS day, kinds::bigint, sample_kinds::bigint, n
    FROM (
      SELECT account_id, team_id, 'finding' AS unit, standing, at, CASE WHEN is_sample THEN 0 ELSE kind END AS kinds,
        CASE WHEN is_sample THEN kind ELSE 0 END AS sample_kinds, step AS n
      FROM edge
      UNION ALL
      SELECT s.account_id, s.team_id, 'issue', s.standing, s.at, m.kinds, m.sample_kinds, m.step
      FROM stood s CROSS JOIN LATERAL (VALUES
        (s.kinds, s.sample_kinds, 1), (s.kinds - s.new_kinds, s.sample_kinds - s.new_samples, -1)) AS m (kinds, sample_kinds, step)
      WHERE m.kinds > 0 OR m.sample_kinds > 0
    ) AS moved
  ) AS change`;

const sumOf = ([unit, standing]: readonly [string, string]) =>
  `coalesce(sum(n) FILTER (WHERE unit = '${unit}' AND standing = '${standing}'), 0)::int`;

const COUNTS = {
  findings_in_time: ["finding", "in-time"],
  findings_overdue: ["finding", "overdue"],
  issues_in_time: ["issue", "in-time"],
  issues_overdue: ["issue", "overdue"],
} as const;
const COUNTED = Object.entries(COUNTS).map(([name, of]) => ({ name, sum: sumOf(of) }));

/** Each fix that was ever known, with the worst finding of its issue as that stood when it became known. */
const WORST = `
  SELECT DISTINCT ON (k.account_id, k.issue_id, k.number, k.valid_from) f.account_id, ${TEAM}, f.source, f.type, v.severity, f.is_sample,
    k.closed_at, k.valid_from, k.valid_to, v.due_at
  FROM issue_clock_version k JOIN finding f ON f.account_id = k.account_id AND f.issue_id = k.issue_id
  JOIN finding_version v ON v.account_id = f.account_id AND v.finding_id = f.id AND v.valid_from <= k.valid_from AND v.valid_to > k.valid_from
  ${TEAM_OF_FINDING}
  WHERE k.is_fix ORDER BY k.account_id, k.issue_id, k.number, k.valid_from, v.rank DESC, f.id`;

const toFixes = (columns: string[]) => `
  SELECT ${columns.join(", ")}, source, type, severity, is_sample, ${dayOf("closed_at")} AS closed_on, ${dayOf("k.at")} AS known_on,
    due_at >= closed_at AS is_in_time, sum(k.step)::int AS n
  FROM (${WORST}) AS worst CROSS JOIN LATERAL (VALUES (valid_from, 1), (valid_to, -1)) AS k (at, step)
  WHERE due_at IS NOT NULL AND k.at < 'infinity' GROUP BY ${groups(columns.length + 7)} HAVING sum(k.step) <> 0`;

const groups = (count: number) => Array.from({ length: count }, (_, index) => index + 1).join(", ");

/** What is open and due now, by kind, and issues by all kinds that they have: of versions that have not ended. */
const OPEN = `
  SELECT * FROM (
    WITH present AS MATERIALIZED (
      SELECT v.account_id, ${TEAM}, coalesce(v.assignee_id, '00000000-0000-0000-0000-000000000000') AS assignee_id, v.due_at, f.issue_id,
        CASE WHEN f.is_sample THEN 0 ELSE due_kind(f.source, f.type, v.severity) END AS kinds,
        CASE WHEN f.is_sample THEN due_kind(f.source, f.type, v.severity) ELSE 0 END AS sample_kinds
      FROM finding_version v JOIN finding f ON f.account_id = v.account_id AND f.id = v.finding_id ${TEAM_OF_FINDING}
      WHERE v.valid_to = 'infinity' AND v.status = 'active' AND v.due_at IS NOT NULL
    )
    SELECT account_id, team_id, assignee_id, due_at, kinds, sample_kinds, 'finding' AS unit FROM present
    UNION ALL
    SELECT account_id, team_id, assignee_id, due_at, bit_or(kinds), bit_or(sample_kinds), 'issue'
    FROM present GROUP BY account_id, team_id, assignee_id, due_at, issue_id
  ) AS open`;

const DAY_KEYS = ["day", "kinds", "sample_kinds"];
const STANDING_KEYS = ["team_id", "unit", "standing", ...DAY_KEYS];
const FIX_KEYS = ["source", "type", "severity", "is_sample", "closed_on", "known_on", "is_in_time"];
const OPEN_KEYS = ["due_at", "kinds", "sample_kinds"];
const ACCOUNT = ["account_id", "team_id"];
const OPEN_ACCOUNT_KEYS = [...ACCOUNT, "assignee_id", ...OPEN_KEYS];
const OPEN_ORGANISATION_KEYS = ["team_id", "assignee_id", "unit", ...OPEN_KEYS];

/** What has a due date, by day and as it is now; and fixes, by whether they were in time. */
export const DUE_ROLLUPS: Rollup[] = [
  {
    table: "due_delta",
    keys: [...ACCOUNT, ...DAY_KEYS],
    counts: COUNTED.map(({ name }) => name),
    counted: `SELECT ${[...ACCOUNT, ...DAY_KEYS].join(", ")}, ${COUNTED.map(({ name, sum }) => `${sum} AS ${name}`).join(", ")}
      FROM (${CHANGES}) AS d GROUP BY ${groups(ACCOUNT.length + DAY_KEYS.length)}
      HAVING ${COUNTED.map(({ sum }) => `${sum} <> 0`).join(" OR ")}`,
  },
  {
    table: "due_open",
    keys: OPEN_ACCOUNT_KEYS,
    counts: ["findings", "issues"],
    counted: `SELECT ${OPEN_ACCOUNT_KEYS.join(", ")}, (count(*) FILTER (WHERE unit = 'finding'))::int AS findings,
      (count(*) FILTER (WHERE unit = 'issue'))::int AS issues FROM (${OPEN}) AS o GROUP BY ${groups(OPEN_ACCOUNT_KEYS.length)}`,
  },
  { table: "due_fix", keys: [...ACCOUNT, ...FIX_KEYS], counted: toFixes(ACCOUNT) },
];

/** The same over all accounts. */
export const PARTED_DUE_ROLLUPS: Rollup[] = [
  {
    table: "due_delta_organisation",
    keys: STANDING_KEYS,
    counted: `SELECT ${STANDING_KEYS.join(", ")}, sum(n)::int AS n FROM (${CHANGES}) AS d
      GROUP BY ${groups(STANDING_KEYS.length)} HAVING sum(n) <> 0`,
    isInParts: true,
  },
  {
    table: "due_open_organisation",
    keys: OPEN_ORGANISATION_KEYS,
    counted: countBy(OPEN_ORGANISATION_KEYS, `(${OPEN}) AS o`),
    isInParts: true,
  },
  { table: "due_fix_organisation", keys: ["team_id", ...FIX_KEYS], counted: toFixes(["team_id"]), isInParts: true },
];
