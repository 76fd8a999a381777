import { addDays, endOfDay, toDay } from "#lib/domain/day.ts";
import type { Movement } from "#lib/domain/lifecycle-event.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { Prisma } from "../generated/client.ts";
import { type DeltaScope, TEAM_OF_MOVEMENT, toDeltaTable, toScopeConditions } from "./day-deltas.ts";
import { selectMovements } from "./moved-findings.ts";
import { ask } from "./prepared.ts";

export type MovedRow = { severity: Severity; movement: Movement; n: number };

/**
 * How many findings of the scope moved after one instant and up to another, by severity and movement: whole days from
 * the rollup, the rest of the first and the last day from their events.
 */
export async function countMoved(after: Date, upTo: Date, scope: DeltaScope): Promise<MovedRow[]> {
  if (after >= upTo) return [];
  const day = toDay(after);
  const isSameDay = day === toDay(upTo);
  const nextDay = new Date(endOfDay(day).getTime() + 1);
  const lastDay = toDay(upTo);
  const isByTeam = scope.team.length > 0;
  const firstPart = events(after, isSameDay ? new Date(upTo.getTime() + 1) : nextDay, isByTeam);
  const lastPart = events(new Date(Date.parse(lastDay) - 1), new Date(upTo.getTime() + 1), isByTeam);
  const between = Prisma.sql`
    UNION ALL SELECT severity, movement, n, is_sample${isByTeam ? Prisma.sql`, team_id` : Prisma.empty} FROM ${toDeltaTable(scope, false)}
      WHERE day BETWEEN ${addDays(day, 1)}::date AND ${addDays(lastDay, -1)}::date
    UNION ALL ${lastPart}`;
  return ask<MovedRow>(Prisma.sql`
    SELECT d.severity, d.movement, sum(d.n)::int AS n
    FROM (${firstPart} ${isSameDay ? Prisma.empty : between}) AS d
    WHERE ${toScopeConditions(scope)} GROUP BY 1, 2`);
}

function events(after: Date, before: Date, isByTeam: boolean): Prisma.Sql {
  const team = isByTeam ? Prisma.sql`, ${TEAM_OF_MOVEMENT}` : Prisma.empty;
  return selectMovements(
    Prisma.sql`m.severity, m.movement, 1 AS n, e.is_sample${team}`,
    Prisma.sql`${new Date(after.getTime() + 1)}::timestamptz`,
    Prisma.sql`${before}::timestamptz`,
  );
}
