import { addDays, toDay } from "#lib/domain/day.ts";
import { Prisma } from "../generated/client.ts";
import {
  type DeltaScope,
  RESOURCE_TYPE_OF_EVENT,
  SIGNED,
  TEAM_OF_MOVEMENT,
  toDeltaTable,
  toScopeConditions,
  toTypeDeltas,
} from "./day-deltas.ts";
import { selectMovements } from "./moved-findings.ts";
import { ask } from "./prepared.ts";

/** What day deltas are counted by, as columns of `d`. */
const COLUMNS = {
  severity: Prisma.sql`d.severity`,
  source: Prisma.sql`d.source`,
  type: Prisma.sql`d.type`,
  accountId: Prisma.sql`d.account_id`,
  resourceType: Prisma.sql`d.resource_type`,
} as const;
export type DeltaFacet = keyof typeof COLUMNS;

export function isDeltaFacet(facet: string): facet is DeltaFacet {
  return Object.hasOwn(COLUMNS, facet);
}

/** How many findings of each value were active at an instant: whole days from the rollup, the rest from that day's events. */
export async function countOpenBy(
  facet: DeltaFacet,
  at: Date,
  scope: DeltaScope,
): Promise<{ value: string; count: number }[]> {
  const day = toDay(at);
  const conditions = toScopeConditions(scope);
  const select = Prisma.sql`SELECT ${COLUMNS[facet]} AS value, ${SIGNED} AS n FROM`;
  const isByType = facet === "resourceType";
  const table = isByType ? toTypeDeltas(scope) : toDeltaTable(scope, facet === "accountId");
  const events = selectMovements(
    Prisma.sql`a.id AS account_id, e.source, e.type, e.is_sample, m.severity, m.movement, 1 AS n, ${TEAM_OF_MOVEMENT},
      ${RESOURCE_TYPE_OF_EVENT}`,
    Prisma.sql`${`${day}T00:00:00Z`}::timestamptz`,
    Prisma.sql`${new Date(at.getTime() + 1)}::timestamptz`,
  );
  return await ask<{ value: string; count: number }>(Prisma.sql`
    SELECT value, sum(n)::int AS count FROM (
      ${select} ${table} WHERE d.day <= ${addDays(day, -1)}::date AND ${conditions}
      UNION ALL ${select} (${events}) AS d WHERE ${conditions}
    ) AS parts GROUP BY 1 HAVING sum(n) > 0`);
}
