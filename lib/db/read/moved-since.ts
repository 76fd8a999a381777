import { addDays, endOfDay, toDay } from "#lib/domain/day.ts";
import type { Movement } from "#lib/domain/lifecycle-event.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { Prisma } from "../generated/client.ts";
import { selectMovements } from "./moved-findings.ts";
import { ask } from "./prepared.ts";

export type MovedRow = { severity: Severity; movement: Movement; n: number };

/**
 * How many findings moved after one instant and up to another, by severity and movement: whole days from the rollup,
 * the rest of the first and the last day from their events.
 */
export async function countMoved(after: Date, upTo: Date, includeSample: boolean): Promise<MovedRow[]> {
  if (after >= upTo) return [];
  const day = toDay(after);
  const isSameDay = day === toDay(upTo);
  const nextDay = new Date(endOfDay(day).getTime() + 1);
  const lastDay = toDay(upTo);
  const firstPart = events(after, isSameDay ? new Date(upTo.getTime() + 1) : nextDay);
  const lastPart = events(new Date(Date.parse(lastDay) - 1), new Date(upTo.getTime() + 1));
  const between = Prisma.sql`
    UNION ALL SELECT severity, movement, n, is_sample FROM day_delta_organisation
      WHERE day BETWEEN ${addDays(day, 1)}::date AND ${addDays(lastDay, -1)}::date
    UNION ALL ${lastPart}`;
  return ask<MovedRow>(Prisma.sql`
    SELECT d.severity, d.movement, sum(d.n)::int AS n
    FROM (${firstPart} ${isSameDay ? Prisma.empty : between}) AS d
    WHERE ${includeSample} OR NOT d.is_sample GROUP BY 1, 2`);
}

function events(after: Date, before: Date): Prisma.Sql {
  return selectMovements(
    Prisma.sql`m.severity, m.movement, 1 AS n, e.is_sample`,
    Prisma.sql`${new Date(after.getTime() + 1)}::timestamptz`,
    Prisma.sql`${before}::timestamptz`,
  );
}
