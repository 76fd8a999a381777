import { SEVERITIES } from "#lib/domain/severities.ts";
import type { SlaStandingQuery } from "#lib/domain/sla.ts";
import { AT_RISK_DAYS } from "#lib/domain/sla-words.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { Prisma } from "../generated/client.ts";
import { toKindConditions, toKindsBySeverity } from "./due-kinds.ts";
import { ofAccounts } from "./due-scope.ts";
import type { ConditionSet } from "./finding-conditions.ts";
import { toAtRiskCondition } from "./finding-predicates.ts";
import { IS_RUNNING } from "./issue-conditions.ts";
import { AGES, OF_ISSUE, ofSeverities } from "./standing-live.ts";

const DAY_MS = 86_400_000;
/** Nobody's, in the rollups of what is due. */
const NOBODY = Prisma.sql`'00000000-0000-0000-0000-000000000000'::uuid`;
/** From the least severe on, by which a finding's rank begins. */
const BY_RANK = [...SEVERITIES].reverse();

type Scope = Omit<SlaStandingQuery, "asOf"> & { includeSample: boolean };
type Asked = { scope: Scope; conditions: ConditionSet; cube: Prisma.Sql };

/**
 * What is open and due at present, added up from what is kept of it: `tally`, as it is told live, and `late_account`. Only
 * these are looked up: the issues that are at risk by a small part of their time, and those that are never due. `cube` is a
 * rollup of findings that has the scope's fields.
 */
export function toOpenTables({ scope, conditions, cube }: Asked, at: Date): Prisma.Sql {
  return Prisma.sql`
    mask AS MATERIALIZED (${toKindsBySeverity(scope)}),
    open AS MATERIALIZED (
      SELECT d.team_id, d.assignee_id, d.due_at, ${ofScope(scope)} AS kinds, sum(d.findings) AS findings, sum(d.issues) AS issues
      FROM ${scope.accountId.length > 0 ? toAccountRows(scope) : ORGANISATION_ROWS} WHERE ${toKindConditions(scope)}
      GROUP BY 1, 2, 3, 4 HAVING sum(d.findings) <> 0 OR sum(d.issues) <> 0
    ),
    undated AS MATERIALIZED (${toUndatedSeverities(conditions, cube)}),
    risky AS MATERIALIZED (${toRiskyIssues(scope, conditions, at)}),
    tally AS MATERIALIZED (
      ${toDatedTally(at)}
      UNION ALL SELECT 'atRisk', 0, NULL, NULL, NULL, ${toIssueSums(1)} FROM risky
      UNION ALL SELECT 'inTime', 0, NULL, NULL, NULL, ${toIssueSums(-1)} FROM risky
      UNION ALL SELECT 'undated', 0, NULL, NULL, NULL, ${toIssueSums(1)} FROM (${toUndatedIssues(conditions)}) AS f
    ),
    late_account AS MATERIALIZED (
      SELECT 'overdue' AS state, d.account_id, sum(d.findings) AS findings, sum(d.issues) AS issues, ${toLateDays(Prisma.sql`min(d.due_at)`, at)} AS days
      FROM due_open d WHERE d.due_at < ${at} AND (d.findings > 0 OR d.issues > 0) ${inAccounts(scope)} AND ${toKindConditions(scope)}
      GROUP BY 2
    )`;
}

const ORGANISATION_ROWS = Prisma.sql`(
  SELECT team_id, assignee_id, due_at, kinds, sample_kinds, CASE unit WHEN 'finding' THEN n ELSE 0 END AS findings,
    CASE unit WHEN 'issue' THEN n ELSE 0 END AS issues
  FROM due_open_organisation) AS d`;
const toAccountRows = (scope: Scope) => Prisma.sql`(SELECT * FROM due_open d WHERE true ${inAccounts(scope)}) AS d`;
const inAccounts = ({ accountId }: Scope) =>
  accountId.length === 0 ? Prisma.empty : Prisma.sql`AND d.account_id = ANY(${accountId})`;

/** The kinds of a row that count: those of sample findings where they are shown. */
const ofScope = ({ includeSample }: Scope) =>
  includeSample ? Prisma.sql`d.kinds | d.sample_kinds` : Prisma.sql`d.kinds`;

const toLateDays = (due: Prisma.Sql, at: Date) =>
  Prisma.sql`floor(extract(epoch FROM ${at}::timestamptz - ${due}) / 86400)::int`;

/** At risk is here what is due within a few days; what else is so is looked up. */
function toDatedTally(at: Date): Prisma.Sql {
  const soon = new Date(at.getTime() + AT_RISK_DAYS * DAY_MS);
  const [, ...later] = AGES.map((days) => new Date(at.getTime() - days * DAY_MS));
  const bucket = Prisma.join(
    later.map((since) => Prisma.sql`(due_at <= ${since})::int`),
    " + ",
  );
  const isOf = (severity: Prisma.Sql) => Prisma.sql`kinds & (SELECT kinds FROM mask WHERE severity = ${severity}) <> 0`;
  return Prisma.sql`
    SELECT CASE WHEN due_at < ${at} THEN 'overdue' WHEN due_at <= ${soon} THEN 'atRisk' ELSE 'inTime' END AS state, ${bucket} AS bucket,
      nullif(assignee_id, ${NOBODY}) AS assignee_id, nullif(team_id, ${NO_TEAM}) AS team_id, ${toLateDays(Prisma.sql`min(due_at)`, at)} AS days,
      sum(findings) AS findings, sum(issues) AS issues,
      ${ofSeverities(
        ({ findings, issues, severity }) => Prisma.sql`
          coalesce(sum(findings) FILTER (WHERE ${isOf(severity)}), 0) AS ${findings}, coalesce(sum(issues) FILTER (WHERE ${isOf(severity)}), 0) AS ${issues}`,
      )}
    FROM open GROUP BY 1, 2, 3, 4`;
}

/** Of rows of issues `f` with their findings of each severity, the same numbers. */
const toIssueSums = (sign: 1 | -1) => {
  const times = (sum: Prisma.Sql) => Prisma.sql`${sign}::int * coalesce(${sum}, 0)`;
  return Prisma.sql`${times(Prisma.sql`sum(n)`)}, ${times(Prisma.sql`count(*)`)}, ${ofSeverities(
    ({ findings }) =>
      Prisma.sql`${times(Prisma.sql`sum(${findings})`)}, ${times(Prisma.sql`count(*) FILTER (WHERE ${findings} > 0)`)}`,
  )}`;
};

/** Issues that are due later than in a few days, and have but a small part of their time left. */
function toRiskyIssues(scope: Scope, { where }: ConditionSet, at: Date): Prisma.Sql {
  const soon = new Date(at.getTime() + AT_RISK_DAYS * DAY_MS);
  return Prisma.sql`
    SELECT r.id, f.* FROM (
      SELECT i.account_id, i.id FROM issue i JOIN issue_clock k ON k.account_id = i.account_id AND k.issue_id = i.id
      WHERE i.due_at > ${soon} AND i.active_findings > 0 ${ofAccounts("i", scope)} AND ${IS_RUNNING} AND ${toAtRiskCondition(Prisma.sql`i.due_at`, at)} OFFSET 0
    ) AS r CROSS JOIN LATERAL (
      SELECT ${OF_ISSUE} FROM finding f ${where({ also: [Prisma.sql`f.account_id = r.account_id AND f.issue_id = r.id`] })}
    ) AS f WHERE f.n > 0`;
}

/** The severities that have open findings without a due date, where their ranks begin, and whether all of theirs are so. */
const toUndatedSeverities = ({ whereOfCube }: ConditionSet, cube: Prisma.Sql) => Prisma.sql`
  SELECT (array_position(${BY_RANK}::text[], severity) - 1) * 1000 AS rank, dated = 0 AS is_whole
  FROM (
    SELECT a.severity, a.n, (SELECT coalesce(sum(o.findings), 0) FROM open o
      WHERE o.kinds & (SELECT kinds FROM mask m WHERE m.severity = a.severity) <> 0) AS dated
    FROM (SELECT f.severity, sum(f.n) AS n FROM ${cube} f ${whereOfCube()} GROUP BY 1) AS a
  ) AS a WHERE n > dated`;

/** Where no finding of the severity is due, none of its issues need be looked at. */
const toUndatedIssues = ({ where }: ConditionSet) => Prisma.sql`
  SELECT f.issue_id, ${OF_ISSUE} FROM undated u CROSS JOIN LATERAL (
    SELECT f.issue_id, f.severity FROM finding f ${where({
      also: [
        Prisma.sql`f.rank >= u.rank AND f.rank < u.rank + 1000`,
        Prisma.sql`(u.is_whole OR (SELECT i.due_at IS NULL FROM issue i WHERE i.account_id = f.account_id AND i.id = f.issue_id))`,
      ],
    })} OFFSET 0
  ) AS f GROUP BY 1`;
