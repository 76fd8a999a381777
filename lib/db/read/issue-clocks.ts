import { NO_TEAM } from "#lib/domain/team-words.ts";
import type { TrendScope } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";

type ClockRollup = "remediation_histogram" | "open_cohort";

/** A rollup of clocks as `d`, with what tells the sample's accounts from others. Of teams the clocks themselves are counted. */
export function toClockRollup(table: ClockRollup, { team, accountId }: TrendScope): Prisma.Sql {
  if (team.length === 0 && accountId.length === 0) return OVER_ALL[table];
  const rows = team.length > 0 ? COUNTED_BY_TEAM[table] : Prisma.sql`SELECT * FROM ${Prisma.raw(table)}`;
  return Prisma.sql`(SELECT c.*, a.is_sample FROM (${rows}) c JOIN account a ON a.id = c.account_id) AS d`;
}

const OVER_ALL: Record<ClockRollup, Prisma.Sql> = {
  open_cohort: Prisma.sql`open_cohort_organisation AS d`,
  remediation_histogram: Prisma.sql`remediation_organisation AS d`,
};

/** Clocks `k` with the team that has their issue's lineage. */
const OF_TEAM = Prisma.sql`k.account_id, k.source, k.type, k.severity, coalesce(t.team_id, ${NO_TEAM}) AS team_id`;
const CLOCKS = Prisma.sql`issue_clock k JOIN issue i ON i.account_id = k.account_id AND i.id = k.issue_id
  LEFT JOIN lineage_team t ON t.account_id = i.account_id AND t.lineage_id = i.lineage_id`;

const COUNTED_BY_TEAM: Record<ClockRollup, Prisma.Sql> = {
  open_cohort: Prisma.sql`
    SELECT ${OF_TEAM}, (k.opened_at AT TIME ZONE 'UTC')::date AS opened_on, count(*)::int AS n
    FROM ${CLOCKS} WHERE k.closed_at IS NULL GROUP BY 1, 2, 3, 4, 5, 6`,
  remediation_histogram: Prisma.sql`
    SELECT ${OF_TEAM}, date_trunc('month', k.closed_at AT TIME ZONE 'UTC')::date AS month,
      floor(extract(epoch FROM k.closed_at - k.opened_at) / 86400)::int AS days, count(*)::int AS n
    FROM ${CLOCKS} WHERE k.closed_at IS NOT NULL AND k.is_fix GROUP BY 1, 2, 3, 4, 5, 6, 7`,
};
