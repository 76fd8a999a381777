import { NO_TEAM } from "#lib/domain/team-words.ts";
import type { TrendScope } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";

type ClockRollup = "remediation_histogram" | "open_cohort";

/** Of teams within accounts nothing is counted before it is asked for. */
export function isCountedLive({ team, accountId }: TrendScope): boolean {
  return team.length > 0 && accountId.length > 0;
}

/** A rollup of clocks as `d`, with what tells the sample's accounts from others. */
export function toClockRollup(table: ClockRollup, scope: TrendScope): Prisma.Sql {
  const { team, accountId } = scope;
  if (accountId.length === 0) return team.length > 0 ? toTeamCounts(COUNTED[table], team) : OVER_ALL[table];
  const rows = isCountedLive(scope) ? countByTeam(table, team) : Prisma.sql`SELECT * FROM ${Prisma.raw(table)}`;
  return Prisma.sql`(SELECT c.*, a.is_sample FROM (${rows}) c JOIN account a ON a.id = c.account_id) AS d`;
}

const OVER_ALL: Record<ClockRollup, Prisma.Sql> = {
  open_cohort: Prisma.sql`open_cohort_organisation AS d`,
  remediation_histogram: Prisma.sql`remediation_organisation AS d`,
};

const COUNTED: Record<ClockRollup, TeamCounts> = {
  open_cohort: { name: "open_cohort", columns: Prisma.sql`opened_on` },
  remediation_histogram: { name: "remediation", columns: Prisma.sql`month, days` },
};

/** What is counted by clocks for each team and for all, and by which columns besides those that all have. */
export type TeamCounts = { name: "open_cohort" | "remediation" | "open_age" | "fixed_finding"; columns: Prisma.Sql };

/** The counts of teams as `d`, and of what no team has: all that is counted, less the teams'. */
export function toTeamCounts({ name, columns }: TeamCounts, team: string[]): Prisma.Sql {
  const counted = Prisma.sql`source, type, severity, is_sample, ${columns}`;
  const teams = Prisma.raw(`${name}_team`);
  const ofTeams = Prisma.sql`SELECT team_id, ${counted}, n FROM ${teams}`;
  if (!team.includes(NO_TEAM)) return Prisma.sql`(${ofTeams}) AS d`;
  return Prisma.sql`(
    ${ofTeams} UNION ALL SELECT ${NO_TEAM}::text, ${counted}, n FROM ${Prisma.raw(`${name}_organisation`)}
    UNION ALL SELECT ${NO_TEAM}::text, ${counted}, -n FROM ${teams}
  ) AS d`;
}

const CLOCK_COUNTS: Record<ClockRollup, { columns: Prisma.Sql; groups: Prisma.Sql; counted: Prisma.Sql }> = {
  open_cohort: {
    columns: Prisma.sql`(k.opened_at AT TIME ZONE 'UTC')::date AS opened_on`,
    groups: Prisma.sql`6`,
    counted: Prisma.sql`k.closed_at IS NULL`,
  },
  remediation_histogram: {
    columns: Prisma.sql`date_trunc('month', k.closed_at AT TIME ZONE 'UTC')::date AS month,
      floor(extract(epoch FROM k.closed_at - k.opened_at) / 86400)::int AS days`,
    groups: Prisma.sql`6, 7`,
    counted: Prisma.sql`k.closed_at IS NOT NULL AND k.is_fix`,
  },
};

function countByTeam(table: ClockRollup, team: string[]): Prisma.Sql {
  const { columns, groups, counted } = CLOCK_COUNTS[table];
  const issues = team.includes(NO_TEAM) ? EVERY_ISSUE : toIssuesOfTeams(team);
  return Prisma.sql`
    SELECT k.account_id, k.source, k.type, k.severity, i.team_id, ${columns}, count(*)::int AS n
    FROM (${issues}) AS i JOIN issue_clock k ON k.account_id = i.account_id AND k.issue_id = i.id
    WHERE ${counted} GROUP BY 1, 2, 3, 4, 5, ${groups}`;
}

/** Issues with the team that has their lineage. */
const EVERY_ISSUE = Prisma.sql`SELECT i.account_id, i.id, coalesce(t.team_id, ${NO_TEAM}) AS team_id
  FROM issue i LEFT JOIN lineage_team t ON t.account_id = i.account_id AND t.lineage_id = i.lineage_id`;

/** From the places of teams to their findings, which an index has by place: others are not read. */
function toIssuesOfTeams(team: string[]): Prisma.Sql {
  return Prisma.sql`SELECT DISTINCT f.account_id, f.issue_id AS id, t.team_id
    FROM lineage_team t JOIN finding f ON f.account_id = t.account_id AND f.lineage_id = t.lineage_id
    WHERE t.team_id = ANY(${team})`;
}
