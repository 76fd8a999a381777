import type { FindingConditions } from "#lib/domain/finding-filter.ts";
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

type Moved = Pick<FindingConditions, "movement" | "moved" | "movedFrom" | "movedTo" | "severity">;

/** Whether a filter is about what moved. */
export function hasMoved({ movement, moved, movedFrom, movedTo }: Moved): boolean {
  return movement.length > 0 || moved.length > 0 || movedFrom !== undefined || movedTo !== undefined;
}

/** That a finding `f` has moved so in that time. */
export function toMovedCondition({ movement, moved, movedFrom, movedTo, severity }: Moved): Prisma.Sql {
  const found = selectMovements(
    Prisma.sql`e.account_id, e.finding_id`,
    Prisma.sql`${movedFrom ?? "-infinity"}::timestamptz`,
    Prisma.sql`${movedTo ?? "infinity"}::timestamptz`,
  );
  const isOneOf = (column: Prisma.Sql, values: string[]) =>
    values.length > 0 ? Prisma.sql`${column} = ANY(${values})` : Prisma.sql`true`;
  // OFFSET 0: asked as a whole, not once for each finding of the list.
  return Prisma.sql`(f.account_id, f.id) IN (${found} WHERE ${isOneOf(Prisma.sql`m.movement`, movement)}
    AND ${isOneOf(Prisma.sql`m.reason`, moved)} AND ${isOneOf(Prisma.sql`m.severity`, severity)} OFFSET 0)`;
}
