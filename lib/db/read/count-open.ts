import { addDays, endOfDay, toDay } from "#lib/domain/day.ts";
import { Prisma } from "../generated/client.ts";
import { type DeltaScope, SIGNED, toDeltaTable, toScopeConditions } from "./day-deltas.ts";
import { selectMovements } from "./moved-findings.ts";
import { ask } from "./prepared.ts";

/** How many findings were active at an instant: whole days from the rollup, the rest of the day from its events. */
export async function countOpenAt(at: Date, scope: DeltaScope): Promise<number> {
  const day = toDay(at);
  const isWholeDay = at.getTime() === endOfDay(day).getTime();
  const lastWhole = isWholeDay ? day : addDays(day, -1);
  const [row] = await ask<{ count: number }>(Prisma.sql`
    SELECT coalesce(sum(count), 0)::int AS count FROM (
      SELECT sum(${SIGNED}) AS count FROM ${toDeltaTable(scope, false)}
      WHERE d.day <= ${lastWhole}::date AND ${toScopeConditions(scope)}
      ${isWholeDay ? Prisma.empty : Prisma.sql`UNION ALL ${signedSince(day, at, scope)}`}
    ) AS parts`);
  return row?.count ?? 0;
}

function signedSince(day: string, at: Date, scope: DeltaScope): Prisma.Sql {
  const columns = Prisma.sql`e.account_id, e.source, e.type, e.is_sample, m.severity, m.movement, 1 AS n`;
  const afterwards = new Date(at.getTime() + 1);
  return Prisma.sql`SELECT sum(${SIGNED}) FROM (
    ${selectMovements(columns, Prisma.sql`${`${day}T00:00:00Z`}::timestamptz`, Prisma.sql`${afterwards}::timestamptz`)}
  ) AS d WHERE ${toScopeConditions(scope)}`;
}
