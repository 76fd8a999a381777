import type { FindingConditions } from "#lib/domain/finding-filter.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { Prisma } from "../generated/client.ts";

const EVERY_ACCOUNT = Prisma.sql`account`;

/**
 * The lifecycle events `e` recorded in [from, to). They are looked up account by account, as the key has them, and never
 * by reading a month's partition: what is narrowed by `a.id`, and not by the event's own account, reads no other account.
 */
export function eventsBetween(from: Prisma.Sql, to: Prisma.Sql, accounts = EVERY_ACCOUNT): Prisma.Sql {
  return Prisma.sql`${accounts} AS a CROSS JOIN LATERAL (
    SELECT * FROM lifecycle_event WHERE account_id = a.id AND recorded_at >= ${from} AND recorded_at < ${to} OFFSET 0
  ) AS e`;
}

/** The same, each with its movements `m`, as `SELECT columns`. */
export function selectMovements(columns: Prisma.Sql, from: Prisma.Sql, to: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT ${columns} FROM ${eventsBetween(from, to)}
    CROSS JOIN LATERAL movements_of(e.*::lifecycle_event) AS m`;
}

type When = Pick<FindingConditions, "movement" | "moved" | "movedFrom" | "movedTo">;
/** With what a movement has for itself, and a finding may not have any more. */
type Moved = When & Pick<FindingConditions, "severity" | "team" | "-team">;

/** Which team has the place that a movement `m` of an event `e` is counted in. */
export const TEAM_OF_PLACE = Prisma.sql`coalesce((
  SELECT t.team_id FROM lineage_team t WHERE t.account_id = e.account_id AND t.lineage_id = m.lineage_id), ${NO_TEAM})`;

/** Whether a filter is about what moved. */
export function hasMoved({ movement, moved, movedFrom, movedTo }: When): boolean {
  return movement.length > 0 || moved.length > 0 || movedFrom !== undefined || movedTo !== undefined;
}

/** That a finding `f` has moved so in that time, with that severity, in a place of those teams. */
export function toMovedCondition({ movement, moved, movedFrom, movedTo, severity, ...teams }: Moved): Prisma.Sql {
  const found = selectMovements(
    Prisma.sql`e.account_id, e.finding_id`,
    Prisma.sql`${movedFrom ?? "-infinity"}::timestamptz`,
    Prisma.sql`${movedTo ?? "infinity"}::timestamptz`,
  );
  const isOneOf = (column: Prisma.Sql, values: string[]) =>
    values.length > 0 ? Prisma.sql`${column} = ANY(${values})` : Prisma.sql`true`;
  const left = teams["-team"];
  const isLeft = left.length > 0 ? Prisma.sql`${TEAM_OF_PLACE} <> ALL(${left})` : Prisma.sql`true`;
  // OFFSET 0: asked as a whole, not once for each finding of the list.
  return Prisma.sql`(f.account_id, f.id) IN (${found} WHERE ${isOneOf(Prisma.sql`m.movement`, movement)}
    AND ${isOneOf(Prisma.sql`m.reason`, moved)} AND ${isOneOf(Prisma.sql`m.severity`, severity)}
    AND ${isOneOf(TEAM_OF_PLACE, teams.team)} AND ${isLeft} OFFSET 0)`;
}
