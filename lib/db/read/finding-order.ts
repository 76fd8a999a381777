import { createHash } from "node:crypto";
import { z } from "zod";
import { AppError } from "#lib/domain/errors.ts";
import { toConditionsText } from "#lib/domain/filter-text.ts";
import type { FindingFilter, FindingSort } from "#lib/domain/finding-filter.ts";
import { Prisma } from "../generated/client.ts";
import type { FindingView } from "./finding-view.ts";

/** What a sort walks: an expression that is never null, its direction, and what it must be joined to. */
type Order = { key: Prisma.Sql; cast: string; direction: "ASC" | "DESC"; join: Prisma.Sql };

const VULNERABILITY = Prisma.sql`JOIN vulnerability v ON v.id = f.vulnerability_id`;
const ISSUE = Prisma.sql`JOIN issue i ON i.account_id = f.account_id AND i.id = f.issue_id`;

/** Ties are broken by id in the same direction, so that a cursor is exact. Unknown comes last. */
const ORDERS: Record<FindingSort, Order> = {
  rank: { key: Prisma.sql`f.rank`, cast: "int", direction: "DESC", join: Prisma.empty },
  newest: { key: Prisma.sql`f.first_observed_at`, cast: "timestamptz", direction: "DESC", join: Prisma.empty },
  oldest: { key: Prisma.sql`f.first_observed_at`, cast: "timestamptz", direction: "ASC", join: Prisma.empty },
  epss: { key: Prisma.sql`coalesce(v.epss, -1)`, cast: "real", direction: "DESC", join: VULNERABILITY },
  due: { key: Prisma.sql`coalesce(i.due_at, 'infinity')`, cast: "timestamptz", direction: "ASC", join: ISSUE },
};

/** The place of a row of a list: its sort key, its id, and the moment that the list is told of. */
export type Cursor = { key: string; id: string; asOf: string | null; isBackwards: boolean };

/** When what has no due date is due. */
const NEVER = Prisma.sql`'infinity'::timestamptz`;
const TURNED = { ASC: "DESC", DESC: "ASC" } as const;

/** A part of the list that one index gives in order: what to join, the key, its conditions, its ORDER BY. */
type Part = { join: Prisma.Sql; key: Prisma.Sql; conditions: Prisma.Sql[]; orderBy: Prisma.Sql };

/**
 * The SQL of a sort: the key of any row with what it is joined to, its direction, and the parts that make the list, as far as they lie after a cursor. Backwards, what
 * lies before it, the nearest first.
 */
export function toOrderSql(sort: FindingSort, view: FindingView, cursor: Cursor | null) {
  const { cast, join } = ORDERS[sort];
  const isForwards = !cursor?.isBackwards;
  const direction = isForwards ? ORDERS[sort].direction : TURNED[ORDERS[sort].direction];
  const [to, beyond] = [Prisma.raw(direction), Prisma.raw(direction === "DESC" ? "<" : ">")];
  const toPart = (key: Prisma.Sql, condition: Prisma.Sql[] = []): Part => ({
    join,
    key,
    conditions: cursor
      ? [
          ...condition,
          Prisma.sql`(${key}, f.id) ${beyond} (${cursor.key}::text::${Prisma.raw(cast)}, ${cursor.id}::uuid)`,
        ]
      : condition,
    orderBy: Prisma.sql`ORDER BY ${key} ${to}, f.id ${to}`,
  });
  const key = sort === "due" ? Prisma.sql`coalesce(${view.dueAt}, 'infinity')` : ORDERS[sort].key;
  const order = { join, key, direction: to };
  if (sort !== "due" || !view.isTable) return { ...order, parts: [toPart(key)] };
  const dated = toPart(view.dueAt, [Prisma.sql`${view.dueAt} IS NOT NULL`]);
  const never = { ...toPart(NEVER, [Prisma.sql`${view.dueAt} IS NULL`]), orderBy: Prisma.sql`ORDER BY f.id ${to}` };
  // Behind a cursor among what is never due nothing has a date, and before one with a date everything has.
  const isNever = cursor?.key === "infinity";
  const parts = [
    ...(cursor && isForwards && isNever ? [] : [dated]),
    ...(cursor && !isForwards && !isNever ? [] : [never]),
  ];
  return { ...order, parts };
}

const cursorSchema = z.tuple([
  z.string().max(64),
  z.string().max(64),
  z.uuid(),
  z.iso.datetime().nullable(),
  z.boolean().default(false),
]);

/** Names the place of a row. Bound to the sort and the filter that made it. */
export function toCursor(filter: FindingFilter, { key, id, asOf, isBackwards }: Cursor): string {
  return Buffer.from(JSON.stringify([bindingOf(filter), key, id, asOf, isBackwards])).toString("base64url");
}

/** Null on the first page. Throws AppError for what is no cursor, or one of another filter or sort. */
export function parseCursor(filter: FindingFilter): Cursor | null {
  if (filter.cursor === undefined) return null;
  const text = filter.cursor;
  const parsed = cursorSchema.safeParse(toJson(Buffer.from(text, "base64url").toString("utf8")));
  if (!parsed.success || !isKeyOf(filter.sort, parsed.data[1])) {
    throw refused(
      "This is no cursor of ours. Take nextCursor or prevCursor from a page, or leave it out to start anew.",
    );
  }
  const [binding, key, id, asOf, isBackwards] = parsed.data;
  if (binding !== bindingOf(filter)) {
    throw refused("The cursor belongs to another filter or sort. Leave it out to start this one at its first page.");
  }
  return { key, id, asOf, isBackwards };
}

/** Whether the database can read `key` back as what the sort walks: anything else would be a fault, not an answer. */
function isKeyOf(sort: FindingSort, key: string): boolean {
  const { cast } = ORDERS[sort];
  if (cast === "int") return /^\d{1,9}$/.test(key);
  if (cast === "real") return /^-?\d{1,3}(\.\d+)?(e-?\d{1,3})?$/.test(key);
  return key === "infinity" || /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(key);
}

function bindingOf(filter: FindingFilter): string {
  return createHash("sha256")
    .update(`${filter.sort} ${toConditionsText(filter)}`)
    .digest("base64url")
    .slice(0, 16);
}

function refused(message: string): AppError {
  return new AppError("invalid-input", message, { faults: [{ field: "cursor", message }] });
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
