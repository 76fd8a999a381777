import { NO_TEAM } from "#lib/domain/team-words.ts";
import type { TrendScope } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";

type ClockRollup = "remediation_histogram" | "open_cohort";

/** A rollup of clocks as `d`, with what tells the sample's accounts from others. Of teams the clocks themselves are counted. */
export function toClockRollup(table: ClockRollup, { team, accountId }: TrendScope): Prisma.Sql {
  if (team.length === 0 && accountId.length === 0) return OVER_ALL[table];
  const rows = team.length > 0 ? countByTeam(table, team) : Prisma.sql`SELECT * FROM ${Prisma.raw(table)}`;
  return Prisma.sql`(SELECT c.*, a.is_sample FROM (${rows}) c JOIN account a ON a.id = c.account_id) AS d`;
}

const OVER_ALL: Record<ClockRollup, Prisma.Sql> = {
  open_cohort: Prisma.sql`open_cohort_organisation AS d`,
  remediation_histogram: Prisma.sql`remediation_organisation AS d`,
};

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
