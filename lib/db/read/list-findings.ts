import type { FindingConditions, FindingFilter } from "#lib/domain/finding-filter.ts";
import type { FindingPage } from "#lib/domain/finding-page.ts";
import { Prisma } from "../generated/client.ts";
import { countOpenAt } from "./count-open.ts";
import type { ConditionSet } from "./finding-conditions.ts";
import { type Cursor, parseCursor, toCursor, toOrderSql } from "./finding-order.ts";
import { type FindingRow, toFinding, toListSql } from "./finding-row.ts";
import { ask } from "./prepared.ts";
import { readConditions } from "./read-conditions.ts";

/** Beyond this, a count that no rollup can answer stops and is marked inexact. */
const COUNT_CAP = 10_000;

/**
 * One page of findings, worst first unless another sort is asked; ties by id, so that a cursor is exact.
 * Keyset by row comparison: the page costs the same wherever it lies. With `asOf`, as the findings stood then; every
 * page that follows is of the same moment. Throws AppError for a cursor of another filter, and for an `asOf` that
 * nothing is known of.
 */
export async function listFindings(filter: FindingFilter): Promise<FindingPage> {
  const cursor = parseCursor(filter);
  const conditions = await readConditions({ ...filter, asOf: cursor?.asOf ?? filter.asOf });
  const asOf = conditions.view.asOf?.toISOString() ?? null;
  const [rows, total] = await Promise.all([selectPage(filter, conditions, cursor), countMatching(filter, conditions)]);
  const items = rows.slice(0, filter.limit);
  const last = items.at(-1);
  const nextCursor =
    rows.length > filter.limit && last ? toCursor(filter, { key: last.sort_key, id: last.id, asOf }) : null;
  return { asOf, items: items.map(toFinding), nextCursor, total };
}

/** How many match: from a rollup, or counted up to 10,000 and then marked inexact. */
export async function countFindings(filter: FindingConditions): Promise<FindingPage["total"]> {
  return countMatching(filter, await readConditions(filter));
}

/** One row more than asked tells whether a next page exists. */
async function selectPage(
  filter: FindingFilter,
  { view, where }: ConditionSet,
  cursor: Cursor | null,
): Promise<(FindingRow & { sort_key: string })[]> {
  const order = toOrderSql(filter.sort, view, cursor);
  const list = toListSql(view);
  const conditions = where();
  const after =
    order.after === null
      ? conditions
      : Prisma.sql`${conditions} ${conditions === Prisma.empty ? Prisma.sql`WHERE` : Prisma.sql`AND`} ${order.after}`;
  return ask(Prisma.sql`
    SELECT ${list.columns}, f.sort_key::text
    FROM (
      SELECT f.*, ${order.key} AS sort_key FROM ${view.rows} ${order.join} ${after} ${order.orderBy} LIMIT ${filter.limit + 1}
    ) AS f ${list.joins}
    ORDER BY f.sort_key ${order.direction}, f.id ${order.direction}`);
}

async function countMatching(filter: FindingConditions, conditions: ConditionSet): Promise<FindingPage["total"]> {
  const { view, includeSample } = conditions;
  if (view.asOf !== null && conditions.isInDeltas) {
    return { count: await countOpenAt(view.asOf, { ...filter, includeSample }), exact: true };
  }
  const where = conditions.where();
  const query = conditions.isInCube()
    ? Prisma.sql`SELECT coalesce(sum(f.n), 0)::int AS count FROM finding_cube f ${where}`
    : Prisma.sql`SELECT count(*)::int AS count FROM (SELECT 1 FROM ${view.rows} ${where} LIMIT ${COUNT_CAP + 1}) AS matching`;
  const [row] = await ask<{ count: number }>(query);
  const count = row?.count ?? 0;
  if (conditions.isInCube() || count <= COUNT_CAP) return { count, exact: true };
  return { count: COUNT_CAP, exact: false };
}
