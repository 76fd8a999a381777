import { addDays, endOfDay, toDay } from "#lib/domain/day.ts";
import type { SourceName } from "#lib/domain/finding.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { Prisma } from "../generated/client.ts";
import { type DeltaScope, SIGNED, TEAM_OF_MOVEMENT, toDeltaTable, toScopeConditions } from "./day-deltas.ts";
import { eventsBetween, selectMovements } from "./moved-findings.ts";
import { ask } from "./prepared.ts";

/** How many findings were active at an instant: whole days from the rollup, the rest of the day from its events. */
export async function countOpenAt(at: Date, scope: DeltaScope): Promise<number> {
  const day = toDay(at);
  const isWholeDay = at.getTime() === endOfDay(day).getTime();
  const lastWhole = isWholeDay ? day : addDays(day, -1);
  const since =
    scope.team.length > 0
      ? Prisma.sql`SELECT sum(${SIGNED}) ${movementsSince(day, at, scope)}`
      : signedSince(day, at, scope);
  const [row] = await ask<{ count: number }>(Prisma.sql`
    SELECT coalesce(sum(count), 0)::int AS count FROM (
      SELECT sum(${SIGNED}) AS count FROM ${toDeltaTable(scope, false)}
      WHERE d.day <= ${lastWhole}::date AND ${toScopeConditions(scope)}
      ${isWholeDay ? Prisma.empty : Prisma.sql`UNION ALL ${since}`}
    ) AS parts`);
  return row?.count ?? 0;
}

export type OpenRow = { severity: Severity; source: SourceName; n: number };

/** How many findings were active at an instant, by severity and source: what is 0 is left out. */
export function listOpenAt(at: Date, scope: DeltaScope): Promise<OpenRow[]> {
  const day = toDay(at);
  const isWholeDay = at.getTime() === endOfDay(day).getTime();
  const lastWhole = isWholeDay ? day : addDays(day, -1);
  const counted = Prisma.sql`SELECT d.severity, d.source, sum(${SIGNED}) AS n`;
  const rest = Prisma.sql`UNION ALL ${counted} ${movementsSince(day, at, scope)} GROUP BY 1, 2`;
  return ask<OpenRow>(Prisma.sql`
    SELECT severity, source, sum(n)::int AS n FROM (
      ${counted} FROM ${toDeltaTable(scope, false)}
      WHERE d.day <= ${lastWhole}::date AND ${toScopeConditions(scope)} GROUP BY 1, 2
      ${isWholeDay ? Prisma.empty : rest}
    ) AS parts GROUP BY 1, 2 HAVING sum(n) <> 0`);
}

/** `FROM` the movements `d` of a day until an instant, each in the team whose place it was in. */
function movementsSince(day: string, at: Date, scope: DeltaScope): Prisma.Sql {
  const movements = selectMovements(
    Prisma.sql`a.id AS account_id, e.source, e.type, e.is_sample, m.severity, m.movement, 1 AS n, ${TEAM_OF_MOVEMENT}`,
    Prisma.sql`${`${day}T00:00:00Z`}::timestamptz`,
    Prisma.sql`${new Date(at.getTime() + 1)}::timestamptz`,
  );
  return Prisma.sql`FROM (${movements}) AS d WHERE ${toScopeConditions(scope)}`;
}

/** What an event adds to what is active less what it takes: its movements, without telling them apart. */
function signedSince(day: string, at: Date, { severity, ...scope }: DeltaScope): Prisma.Sql {
  const isCounted = (side: "before" | "after") => {
    const isActive = Prisma.raw(`e.status_${side} IS NOT DISTINCT FROM 'active'`);
    if (severity.length === 0) return Prisma.sql`(${isActive})::int`;
    return Prisma.sql`(${isActive} AND ${Prisma.raw(`e.severity_${side}`)} = ANY(${severity}))::int`;
  };
  const events = eventsBetween(
    Prisma.sql`${`${day}T00:00:00Z`}::timestamptz`,
    Prisma.sql`${new Date(at.getTime() + 1)}::timestamptz`,
  );
  return Prisma.sql`SELECT sum(net) FROM (
    SELECT a.id AS account_id, e.source, e.type, e.is_sample, ${isCounted("after")} - ${isCounted("before")} AS net FROM ${events}
  ) AS d WHERE ${toScopeConditions({ ...scope, severity: [] })}`;
}
