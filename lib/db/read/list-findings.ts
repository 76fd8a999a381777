import type { FindingConditions, FindingFilter } from "#lib/domain/finding-filter.ts";
import type { FindingPage } from "#lib/domain/finding-page.ts";
import { Prisma } from "../generated/client.ts";
import { type ConditionSet, toConditionSet } from "./finding-conditions.ts";
import { toCursor, toOrderSql } from "./finding-order.ts";
import { type FindingRow, LIST_COLUMNS, LIST_JOINS, toFinding } from "./finding-row.ts";
import { ask } from "./prepared.ts";
import { isSampleShown } from "./sample-visibility.ts";

/** Beyond this, a count that the cube cannot answer stops and is marked inexact. */
const COUNT_CAP = 10_000;

/**
 * One page of findings, worst first unless another sort is asked; ties by id, so that a cursor is exact.
 * Keyset by row comparison: the page costs the same wherever it lies. Throws AppError for a cursor of another filter.
 */
export async function listFindings(filter: FindingFilter): Promise<FindingPage> {
  const conditions = toConditionSet(filter, await isSampleShown());
  const [rows, total] = await Promise.all([selectPage(filter, conditions), countMatching(conditions)]);
  const items = rows.slice(0, filter.limit);
  const last = items.at(-1);
  const nextCursor =
    rows.length > filter.limit && last ? toCursor(filter, { sortKey: last.sort_key, id: last.id }) : null;
  return { items: items.map(toFinding), nextCursor, total };
}

/** How many match: from the cube, or counted up to 10,000 and then marked inexact. */
export async function countFindings(filter: FindingConditions): Promise<FindingPage["total"]> {
  return countMatching(toConditionSet(filter, await isSampleShown()));
}

/** One row more than asked tells whether a next page exists. */
async function selectPage(
  filter: FindingFilter,
  conditions: ConditionSet,
): Promise<(FindingRow & { sort_key: string })[]> {
  const order = toOrderSql(filter);
  const where = conditions.where();
  const after =
    order.after === null
      ? where
      : Prisma.sql`${where} ${where === Prisma.empty ? Prisma.sql`WHERE` : Prisma.sql`AND`} ${order.after}`;
  return ask(Prisma.sql`
    SELECT ${LIST_COLUMNS}, f.sort_key::text
    FROM (
      SELECT f.*, ${order.key} AS sort_key FROM finding f ${order.join} ${after} ${order.orderBy} LIMIT ${filter.limit + 1}
    ) AS f ${LIST_JOINS}
    ORDER BY f.sort_key ${order.direction}, f.id ${order.direction}`);
}

async function countMatching(conditions: ConditionSet): Promise<FindingPage["total"]> {
  const where = conditions.where();
  const query = conditions.isInCube()
    ? Prisma.sql`SELECT coalesce(sum(f.n), 0)::int AS count FROM finding_cube f ${where}`
    : Prisma.sql`SELECT count(*)::int AS count FROM (SELECT 1 FROM finding f ${where} LIMIT ${COUNT_CAP + 1}) AS matching`;
  const [row] = await ask<{ count: number }>(query);
  const count = row?.count ?? 0;
  if (conditions.isInCube() || count <= COUNT_CAP) return { count, exact: true };
  return { count: COUNT_CAP, exact: false };
}
