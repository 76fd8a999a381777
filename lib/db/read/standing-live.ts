import { SEVERITIES } from "#lib/domain/severities.ts";
import type { SlaStandingQuery } from "#lib/domain/sla.ts";
import { Prisma } from "../generated/client.ts";
import { ofAccounts } from "./due-scope.ts";
import { toAtRiskCondition } from "./finding-predicates.ts";
import type { FindingView } from "./finding-view.ts";
import { IS_RUNNING } from "./issue-conditions.ts";

/** The first whole day of each time that something is overdue; each ends where the next begins. */
export const AGES = [0, 7, 30, 90];
const DAY_MS = 86_400_000;

type Asked = { view: FindingView; where: Prisma.Sql; scope: Pick<SlaStandingQuery, "accountId"> };

/** A list with an entry for each severity, of its columns and its name. */
export const ofSeverities = (
  toSql: (names: { findings: Prisma.Sql; issues: Prisma.Sql; severity: Prisma.Sql }) => Prisma.Sql,
) =>
  Prisma.join(
    SEVERITIES.map((severity) =>
      toSql({
        findings: Prisma.raw(`${severity}_findings`),
        issues: Prisma.raw(`${severity}_issues`),
        severity: Prisma.raw(`'${severity}'`),
      }),
    ),
  );

/**
 * How many findings and issues stand so, by whatever is told of them: a few rows, from one look at each. At risk is what is
 * in time but for a little while. What differs is grouped by claims: of texts the planner expects as many as there are rows,
 * and sorts them all.
 */
export function toLiveTally({ view, where, scope }: Asked, at: Date): Prisma.Sql {
  const due = Prisma.sql`d.due_at`;
  const [first, ...later] = AGES.map((days) => new Date(at.getTime() - days * DAY_MS));
  const isLateFor = later.map((since) => Prisma.sql`coalesce(${due} <= ${since}, false)`);
  const isOlder = isLateFor.map((_, index) => Prisma.raw(`is_older_${index}`));
  return Prisma.sql`
    SELECT CASE WHEN NOT is_due THEN 'undated' WHEN is_late THEN 'overdue' WHEN is_at_risk THEN 'atRisk' ELSE 'inTime' END AS state,
      ${Prisma.join(
        isOlder.map((is) => Prisma.sql`${is}::int`),
        " + ",
      )} AS bucket, told.*
    FROM (
      SELECT ${due} IS NOT NULL AS is_due, coalesce(${due} < ${first}, false) AS is_late,
        k.issue_id IS NOT NULL AND coalesce(${toAtRiskCondition(due, at)}, false) AS is_at_risk,
        ${Prisma.join(isLateFor.map((is, index) => Prisma.sql`${is} AS ${isOlder[index]}`))}, d.account_id, d.assignee_id, t.team_id,
        max(floor(extract(epoch FROM ${at}::timestamptz - ${due}) / 86400))::int AS days, sum(n) AS findings, count(*) AS issues,
        ${ofSeverities(({ findings, issues }) => Prisma.sql`sum(${findings}) AS ${findings}, count(*) FILTER (WHERE ${findings} > 0) AS ${issues}`)}
      FROM (${view.isTable ? toPresentIssues({ view, where, scope }) : toPastIssues({ view, where })}) AS d
      LEFT JOIN lineage_team t ON t.account_id = d.account_id AND t.lineage_id = d.lineage_id
      LEFT JOIN (SELECT k.issue_id, k.opened_at FROM ${view.clocks} WHERE ${IS_RUNNING} ${ofAccounts("k", scope)}) AS k
        ON k.issue_id = d.issue_id AND ${due} >= ${at}
      GROUP BY 1, 2, 3, ${Prisma.join(isOlder.map((_, index) => Prisma.raw(`${index + 4}`)))}, d.account_id, d.assignee_id, t.team_id
    ) AS told`;
}

/** How many findings of an issue there are, in all and of each severity. */
export const OF_ISSUE = Prisma.sql`count(*) AS n, ${ofSeverities(
  ({ findings, severity }) => Prisma.sql`count(*) FILTER (WHERE f.severity = ${severity}) AS ${findings}`,
)}`;

/**
 * A row an issue with open findings, all of which are in one account and lineage. Joined by ids alone, which no two
 * accounts share: by the account as well, the planner expects a hundredth of the rows.
 */
const toPresentIssues = ({ view: { rows, assigneeId, dueAt }, where, scope }: Asked) => Prisma.sql`
  SELECT f.*, ${assigneeId}, ${dueAt}
  FROM (SELECT f.account_id, f.issue_id, f.lineage_id, ${OF_ISSUE} FROM ${rows} ${where} GROUP BY 1, 2, 3) AS f
  JOIN issue i ON i.id = f.issue_id ${ofAccounts("i", scope)}`;

/** Assignee and due date are the issue's, which each of its findings' versions carries. */
const toPastIssues = ({ view: { rows }, where }: Omit<Asked, "scope">) => Prisma.sql`
  SELECT f.account_id, f.issue_id, f.lineage_id, f.assignee_id, f.due_at, ${OF_ISSUE} FROM ${rows} ${where} GROUP BY 1, 2, 3, 4, 5`;
