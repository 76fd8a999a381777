import { NO_TEAM } from "#lib/domain/team-words.ts";
import type { TrendScope } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import type { History } from "./as-of.ts";
import { type TeamCounts, toTeamCounts } from "./issue-clocks.ts";
import { eventsBetween } from "./moved-findings.ts";

/**
 * Findings counted by the clocks of their issues, at the moment that history is told of: the rollup, and for the issues
 * that something was recorded of since, less what they count as now and more what they counted as then. As rows `d`, of
 * which the caller sums `n`.
 */
export type ClockedFindings = { ages: Prisma.Sql; fixes: Prisma.Sql };

const OF_FINDING = Prisma.sql`f.account_id, f.team_id, f.source, f.type, f.severity, f.is_sample`;

/** Of accounts, of teams or of all of them; not of teams within accounts. */
export function toClockedFindings(scope: TrendScope, history: History): ClockedFindings {
  const teamOf = scope.team.length > 0 ? todaysTeamOf : noTeamOf;
  const ages = toCounts({ name: "open_age", columns: Prisma.sql`opened_on` }, scope);
  const fixes = toCounts({ name: "fixed_finding", columns: Prisma.sql`month, month_before` }, scope);
  return {
    ages: toRows(ages, history, (at) => toAges(at, teamOf(at))),
    fixes: toRows(fixes, history, (at) => toFixes(at, teamOf(at))),
  };
}

function toCounts({ name, columns }: TeamCounts, { accountId, team }: TrendScope): Prisma.Sql {
  const counted = Prisma.sql`source, type, severity, is_sample, ${columns}, n`;
  if (accountId.length > 0)
    return Prisma.sql`SELECT account_id, NULL::text AS team_id, ${counted} FROM ${Prisma.raw(name)}`;
  if (team.length > 0)
    return Prisma.sql`SELECT NULL::text AS account_id, team_id, ${counted} FROM ${toTeamCounts({ name, columns }, team)}`;
  return Prisma.sql`SELECT NULL::text AS account_id, NULL::text AS team_id, ${counted} FROM ${Prisma.raw(`${name}_organisation`)}`;
}

/** What the issues of `touched` count as: now (null), or as of a moment. */
type Counted = (at: Date | null) => Prisma.Sql;

function toRows(rollup: Prisma.Sql, { hasUnsettled, settledAt }: History, counted: Counted): Prisma.Sql {
  if (!hasUnsettled) return Prisma.sql`(${rollup}) AS d`;
  const events = eventsBetween(
    Prisma.sql`${new Date(settledAt.getTime() + 1)}::timestamptz`,
    Prisma.sql`'infinity'::timestamptz`,
  );
  return Prisma.sql`(
    WITH event AS MATERIALIZED (SELECT e.account_id, e.issue_id, e.issue_before FROM ${events}),
      touched AS MATERIALIZED (
        SELECT account_id, issue_id FROM event UNION SELECT account_id, issue_before FROM event WHERE issue_before IS NOT NULL
      )
    ${rollup}
    UNION ALL SELECT *, -1 FROM (${counted(null)}) AS present
    UNION ALL SELECT *, 1 FROM (${counted(settledAt)}) AS past
  ) AS d`;
}

function toAges(at: Date | null, team: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT ${OF_FINDING}, (k.opened_at AT TIME ZONE 'UTC')::date AS opened_on
    FROM touched t CROSS JOIN LATERAL ${toFindings(at, team)} AS f
    CROSS JOIN LATERAL (SELECT opened_at FROM ${toClocks(at)} AND closed_at IS NULL OFFSET 0) AS k
    WHERE f.status = 'active'`;
}

function toFixes(at: Date | null, team: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT ${OF_FINDING}, m.month, m.month_before
    FROM touched t CROSS JOIN LATERAL ${toFindings(at, team)} AS f
    CROSS JOIN LATERAL (
      SELECT month, lag(month, 1, '-infinity') OVER (ORDER BY month) AS month_before
      FROM (
        SELECT DISTINCT date_trunc('month', closed_at AT TIME ZONE 'UTC')::date AS month
        FROM ${toClocks(at)} AND closed_at IS NOT NULL AND is_fix OFFSET 0
      ) AS months
    ) AS m`;
}

const noTeamOf = (): Prisma.Sql => Prisma.sql`NULL::text`;

/** Today's team of the place in which a finding `o` is, or was. */
function todaysTeamOf(at: Date | null): Prisma.Sql {
  const lineage =
    at === null
      ? Prisma.sql`o.lineage_id`
      : Prisma.sql`coalesce((
          SELECT lineage_before FROM lifecycle_event
          WHERE finding_id = o.id AND lineage_before IS NOT NULL AND recorded_at > ${at}::timestamptz
          ORDER BY recorded_at LIMIT 1), o.lineage_id)`;
  return Prisma.sql`coalesce((
    SELECT team_id FROM lineage_team WHERE account_id = o.account_id AND lineage_id = ${lineage}), ${NO_TEAM})`;
}

/** The findings of an issue `t`, as far as they are counted by. OFFSET 0 keeps it a look-up for each. */
function toFindings(at: Date | null, team: Prisma.Sql): Prisma.Sql {
  const findings = Prisma.sql`(
    SELECT account_id, id, lineage_id, source, type, severity, is_sample, status FROM finding
    WHERE account_id = t.account_id AND issue_id = t.issue_id OFFSET 0) AS o`;
  if (at === null)
    return Prisma.sql`(
      SELECT o.account_id, ${team} AS team_id, o.source, o.type, o.severity, o.is_sample, o.status FROM ${findings})`;
  return Prisma.sql`(
    SELECT o.account_id, ${team} AS team_id, o.source, o.type, v.severity, o.is_sample, v.status
    FROM ${findings}
    CROSS JOIN LATERAL (SELECT severity, status FROM finding_version
      WHERE account_id = o.account_id AND finding_id = o.id AND valid_from <= ${at}::timestamptz AND valid_to > ${at}::timestamptz
      OFFSET 0) AS v
  )`;
}

/** The clocks of an issue `t`; further conditions follow. */
function toClocks(at: Date | null): Prisma.Sql {
  const issue = Prisma.sql`account_id = t.account_id AND issue_id = t.issue_id`;
  if (at === null) return Prisma.sql`issue_clock WHERE ${issue}`;
  return Prisma.sql`issue_clock_version WHERE ${issue} AND valid_from <= ${at}::timestamptz AND valid_to > ${at}::timestamptz`;
}
