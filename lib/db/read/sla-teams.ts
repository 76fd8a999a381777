import { findingConditionsSchema } from "#lib/domain/finding-filter.ts";
import type { DueByTeam, DueByTeamQuery } from "#lib/domain/sla.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, resolveAsOf } from "./as-of.ts";
import { toKindConditions } from "./due-kinds.ts";
import { toConditionSet } from "./finding-conditions.ts";
import { toFindingView } from "./finding-view.ts";
import { ask } from "./prepared.ts";
import { isSampleShown } from "./sample-visibility.ts";

const WEEK_MS = 7 * 86_400_000;

type Row = DueByTeam["teams"][number];

/**
 * What is overdue and what is due within seven days, by team, most overdue first: added up by due date, which costs a few
 * rows a day. As of a moment, by the due dates of then and today's teams. Throws AppError for an `asOf` that nothing is
 * known of.
 */
export async function getDueByTeam({ team, asOf }: DueByTeamQuery, now: Date): Promise<DueByTeam> {
  if (asOf !== undefined) return getDueByTeamThen(team, asOf, now);
  const scope = { team, severity: [], source: [], type: [], includeSample: await isSampleShown() };
  const isLate = Prisma.sql`d.due_at < ${now}`;
  const teams = await ask<Row>(Prisma.sql`
    SELECT nullif(d.team_id, ${NO_TEAM}) AS id, coalesce(t.name, 'No team') AS name,
      coalesce(sum(d.n) FILTER (WHERE ${isLate}), 0)::int AS overdue, coalesce(sum(d.n) FILTER (WHERE NOT ${isLate}), 0)::int AS "dueInWeek",
      coalesce(floor(extract(epoch FROM ${now}::timestamptz - min(d.due_at) FILTER (WHERE ${isLate})) / 86400), 0)::int AS "longestDays"
    FROM (
      SELECT d.team_id, d.due_at, sum(d.n) AS n FROM due_open_organisation d
      WHERE d.unit = 'finding' AND d.due_at < ${new Date(now.getTime() + WEEK_MS)} AND ${toKindConditions(scope)}
      GROUP BY 1, 2 HAVING sum(d.n) <> 0
    ) AS d LEFT JOIN team t ON t.id = d.team_id
    GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC, 2`);
  return toDueByTeam(teams, now);
}

async function getDueByTeamThen(team: string[], asOf: string, now: Date): Promise<DueByTeam> {
  const history = await getHistory();
  const at = resolveAsOf(asOf, history);
  const view = toFindingView(at);
  const filter = findingConditionsSchema.parse({ status: "active", team, due: ["overdue", "week"] });
  const { where } = toConditionSet(filter, view, { now, isSampleShown: history.includeSample });
  const isLate = Prisma.sql`f.due_at < ${at}`;
  const teams = await ask<Row>(Prisma.sql`
    SELECT l.team_id AS id, coalesce(t.name, 'No team') AS name,
      count(*) FILTER (WHERE ${isLate})::int AS overdue, count(*) FILTER (WHERE NOT ${isLate})::int AS "dueInWeek",
      coalesce(floor(extract(epoch FROM ${at}::timestamptz - min(f.due_at) FILTER (WHERE ${isLate})) / 86400), 0)::int AS "longestDays"
    FROM (SELECT f.* FROM ${view.rows} ${where()}) AS f
    LEFT JOIN lineage_team l ON l.account_id = f.account_id AND l.lineage_id = f.lineage_id
    LEFT JOIN team t ON t.id = l.team_id
    GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC, 2`);
  return toDueByTeam(teams, at);
}

function toDueByTeam(teams: Row[], at: Date): DueByTeam {
  const sumOf = (name: "overdue" | "dueInWeek") => teams.reduce((sum, team) => sum + team[name], 0);
  return { asOf: at.toISOString(), overdue: sumOf("overdue"), dueInWeek: sumOf("dueInWeek"), teams };
}
