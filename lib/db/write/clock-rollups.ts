import { countBy, type Rollup } from "./rollup.ts";

/** A column of a rollup and how it is counted. */
type Columns = Record<string, string>;

const CLOCK: Columns = { account_id: "k.account_id", source: "k.source", type: "k.type", severity: "k.severity" };
const FINDING: Columns = { account_id: "f.account_id", source: "f.source", type: "f.type", severity: "f.severity" };
const OPENED_ON = "(k.opened_at AT TIME ZONE 'UTC')::date";
const MONTH = "date_trunc('month', k.closed_at AT TIME ZONE 'UTC')::date";
const DAYS = "floor(extract(epoch FROM k.closed_at - k.opened_at) / 86400)::int";
const OF_ACCOUNT = "coalesce(a.is_sample, false)";

const IS_OPEN = "k.closed_at IS NULL";
const IS_FIXED = "k.closed_at IS NOT NULL AND k.is_fix";
const IS_ACTIVE = "f.status = 'active'";
const RUNNING_CLOCK = `JOIN issue_clock k ON k.account_id = f.account_id AND k.issue_id = f.issue_id AND ${IS_OPEN}`;
const FIX = "JOIN issue_fix i ON i.account_id = f.account_id AND i.issue_id = f.issue_id";

const CLOCKS = "issue_clock k LEFT JOIN account a ON a.id = k.account_id";
const OPEN_CLOCKS = `${CLOCKS} WHERE ${IS_OPEN}`;
const FIXED_CLOCKS = `${CLOCKS} WHERE ${IS_FIXED}`;
const OPEN_FINDINGS = `finding f ${RUNNING_CLOCK} WHERE ${IS_ACTIVE}`;
const FIXED_FINDINGS = `finding f ${FIX}`;

function rollup(table: string, columns: Columns, from: string): Rollup {
  const names = Object.entries(columns).map(([key, counted]) => `${counted} AS ${key}`);
  return { table, keys: Object.keys(columns), counted: countBy(names, from) };
}

/** The same over all accounts. */
function overAll(table: string, { account_id: _, ...columns }: Columns, from: string): Rollup {
  return { ...rollup(table, columns, from), isInParts: true };
}

/** The same by the team of its place, over all accounts. */
function byTeam(table: string, columns: Columns, from: string): Rollup {
  return overAll(table, { ...columns, team_id: "t.team_id" }, from);
}

const TEAM_ISSUES = `lineage_team t JOIN issue i ON i.account_id = t.account_id AND i.lineage_id = t.lineage_id
  JOIN issue_clock k ON k.account_id = i.account_id AND k.issue_id = i.id LEFT JOIN account a ON a.id = k.account_id`;
const TEAM_FINDINGS = `lineage_team t JOIN finding f ON f.account_id = t.account_id AND f.lineage_id = t.lineage_id`;

const AGE: Columns = { ...FINDING, opened_on: OPENED_ON, is_sample: "f.is_sample" };
const FIXES: Columns = { ...FINDING, month: "i.month", month_before: "i.month_before", is_sample: "f.is_sample" };
const COHORT: Columns = { ...CLOCK, opened_on: OPENED_ON };
const HISTOGRAM: Columns = { ...CLOCK, month: MONTH, days: DAYS };

/** What is counted by the clocks of issues, for each account. */
export const CLOCK_ROLLUPS: Rollup[] = [
  rollup("open_cohort", COHORT, OPEN_CLOCKS),
  rollup("remediation_histogram", HISTOGRAM, FIXED_CLOCKS),
  rollup("open_age", AGE, OPEN_FINDINGS),
  rollup("fixed_finding", FIXES, FIXED_FINDINGS),
];

export const PARTED_CLOCK_ROLLUPS: Rollup[] = [
  overAll("open_cohort_organisation", { ...COHORT, is_sample: OF_ACCOUNT }, OPEN_CLOCKS),
  overAll("remediation_organisation", { ...HISTOGRAM, is_sample: OF_ACCOUNT }, FIXED_CLOCKS),
  overAll("open_age_organisation", AGE, OPEN_FINDINGS),
  overAll("fixed_finding_organisation", FIXES, FIXED_FINDINGS),
  byTeam("open_cohort_team", { ...COHORT, is_sample: OF_ACCOUNT }, `${TEAM_ISSUES} WHERE ${IS_OPEN}`),
  byTeam("remediation_team", { ...HISTOGRAM, is_sample: OF_ACCOUNT }, `${TEAM_ISSUES} WHERE ${IS_FIXED}`),
  byTeam("open_age_team", AGE, `${TEAM_FINDINGS} ${RUNNING_CLOCK} WHERE ${IS_ACTIVE}`),
  byTeam("fixed_finding_team", FIXES, `${TEAM_FINDINGS} ${FIX}`),
];

/** In which months each issue was fixed, and in which before. */
export const ISSUE_FIXES = `
  SELECT account_id, issue_id, month, lag(month, 1, '-infinity') OVER (PARTITION BY account_id, issue_id ORDER BY month) AS month_before
  FROM (SELECT DISTINCT k.account_id, k.issue_id, ${MONTH} AS month FROM ${FIXED_CLOCKS}) AS m`;
