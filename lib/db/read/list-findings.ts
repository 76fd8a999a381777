import type { FindingConditions, FindingFilter } from "#lib/domain/finding-filter.ts";
import type { FindingPage } from "#lib/domain/finding-page.ts";
import { Prisma } from "../generated/client.ts";
import { countOpenAt } from "./count-open.ts";
import type { ConditionSet } from "./finding-conditions.ts";
import { type Cursor, parseCursor, toCursor, toOrderSql } from "./finding-order.ts";
import { type FindingRow, toFinding, toListSql } from "./finding-row.ts";
import { ask } from "./prepared.ts";
import { readConditions } from "./read-conditions.ts";
import { isSampleShown } from "./sample-visibility.ts";
import { type FrequentSearch, findFrequent, toFrequentPage } from "./search-lists.ts";

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
  const asked = { ...filter, asOf: cursor?.asOf ?? filter.asOf };
  const frequent = filter.sort === "rank" ? await findFrequent(asked) : null;
  const conditions = frequent === null ? await readConditions(asked) : { ...frequent.rest, counted: frequent.counted };
  const asOf = conditions.view.asOf?.toISOString() ?? null;
  const [page, openThen] = await Promise.all([
    selectPage(filter, conditions, { cursor, frequent }),
    countByDeltas(filter, conditions),
  ]);
  const found = page.filter((row) => row.id !== null);
  const items = found.slice(0, filter.limit);
  const hasMore = found.length > filter.limit;
  if (cursor?.isBackwards) items.reverse();
  const at = (row: (typeof items)[number] | undefined, isBackwards: boolean) =>
    row ? toCursor(filter, { key: row.sort_key, id: row.id, asOf, isBackwards }) : null;
  return {
    asOf,
    items: items.map(toFinding),
    nextCursor: hasMore || cursor?.isBackwards ? at(items.at(-1), false) : null,
    prevCursor: cursor !== null && (hasMore || !cursor.isBackwards) ? at(items[0], true) : null,
    total: openThen ?? toTotal(page[0]?.total ?? 0, conditions),
  };
}

/** How many match: from a rollup, or counted up to 10,000 and then marked inexact. */
export async function countFindings(filter: FindingConditions): Promise<FindingPage["total"]> {
  const conditions = await readConditions(filter);
  const openThen = await countByDeltas(filter, conditions);
  if (openThen !== null) return openThen;
  const [row] = await ask<{ total: number }>(toCountSql(conditions));
  return toTotal(row?.total ?? 0, conditions);
}

/** On every row how many match; a page without a finding is one row that holds nothing else. */
type PageRow = (FindingRow & { sort_key: string; total: number | null }) | { id: null; total: number | null };

/** Page and count in one statement, of one moment. One row more than asked tells whether another page exists. */
async function selectPage(
  filter: FindingFilter,
  conditions: ConditionSet,
  { cursor, frequent }: { cursor: Cursor | null; frequent: FrequentSearch | null },
): Promise<PageRow[]> {
  const { view } = conditions;
  const order = toOrderSql(filter.sort, view, cursor);
  const list = toListSql(view);
  const limit = filter.limit + 1;
  const found =
    frequent === null
      ? toFoundPage(conditions, order, limit)
      : Prisma.join(
          order.parts.map((part) => toFrequentPage(frequent, { ...part, direction: order.direction, limit })),
        );
  // One JSON text is read several times quicker than as many fields apart.
  const [page] = await ask<{ rows: PageRow[] }>(Prisma.sql`
    WITH counted AS MATERIALIZED (${toCountSql(conditions)})
    SELECT json_agg(page) AS rows FROM (
    SELECT counted.total, ${list.columns}, f.sort_key::text
    FROM counted LEFT JOIN (${found}) AS f ON true ${list.joins}
    ORDER BY f.sort_key ${order.direction}, f.id ${order.direction}
    ) AS page`);
  return page?.rows ?? [];
}

/** Where nothing was counted, nothing is looked for. */
const IS_ANY = Prisma.sql`(SELECT total FROM counted) IS DISTINCT FROM 0`;

/** Each status has its own place in the indexes: the page is the best of their pages. */
function toFoundPage(conditions: ConditionSet, order: ReturnType<typeof toOrderSql>, limit: number): Prisma.Sql {
  const { rows } = conditions.view;
  const pages = order.parts.flatMap((part) =>
    conditions.wheresByStatus([...part.conditions, IS_ANY]).map(
      (where) => Prisma.sql`(SELECT f.*, ${part.key} AS sort_key FROM ${rows} ${part.join}
          ${where} ${part.orderBy} LIMIT ${limit})`,
    ),
  );
  if (pages.length === 0) return Prisma.sql`SELECT f.*, NULL::int AS sort_key FROM finding f WHERE false`;
  return Prisma.sql`SELECT * FROM (${Prisma.join(pages, " UNION ALL ")}) AS f
    ORDER BY f.sort_key ${order.direction}, f.id ${order.direction} LIMIT ${limit}`;
}

/** How many match, as `total`; as far as 10,001 where no rollup answers. null where the day deltas do: they are asked by themselves. */
export function toCountSql(conditions: ConditionSet): Prisma.Sql {
  if (isInDeltas(conditions)) return Prisma.sql`SELECT NULL::int AS total`;
  if (conditions.counted !== null) return Prisma.sql`SELECT ${conditions.counted}::int AS total`;
  const cube = conditions.cube();
  if (cube !== null)
    return Prisma.sql`SELECT coalesce(sum(f.n), 0)::int AS total FROM ${cube} f ${conditions.whereOfCube()}`;
  return Prisma.sql`SELECT count(*)::int AS total FROM (SELECT FROM ${conditions.view.rows} ${conditions.where()} LIMIT ${COUNT_CAP + 1}) AS matching`;
}

function isInDeltas(conditions: ConditionSet): boolean {
  return conditions.view.asOf !== null && conditions.isInDeltas();
}

/** null where the day deltas cannot answer. */
async function countByDeltas(
  filter: FindingConditions,
  conditions: ConditionSet,
): Promise<FindingPage["total"] | null> {
  const { view } = conditions;
  if (view.asOf === null || !isInDeltas(conditions)) return null;
  return { count: await countOpenAt(view.asOf, { ...filter, includeSample: await isSampleShown() }), exact: true };
}

function toTotal(count: number, conditions: ConditionSet): FindingPage["total"] {
  if ((conditions.counted === null && conditions.cube() !== null) || count <= COUNT_CAP) return { count, exact: true };
  return { count: COUNT_CAP, exact: false };
}
