import { validate as isUuid } from "uuid";
import type { GroupKey } from "#lib/domain/finding-groups.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { Prisma } from "../generated/client.ts";
import type { ConditionSet } from "./finding-conditions.ts";
import type { GroupCursor } from "./group-cursor.ts";
import { type Each, GROUPINGS, type Walk } from "./group-keys.ts";
import { toCountSql } from "./list-findings.ts";
import { ask } from "./prepared.ts";

/** Beyond this the findings of one group are not counted. */
export const GROUP_CAP = 10_000;

export type HeadsQuery = { by: GroupKey; conditions: ConditionSet; cursor: GroupCursor | null; limit: number };

/** As many findings that match, or as many resources that have such a place, are read sooner than lists are walked. */
const FEW = 10_000;
const FEW_MEMBERS = 1_000;

/**
 * The page's groups as a query of `rank` (of the worst finding), `tie`, `example_id` (a finding of the group) and how
 * many of each severity; worst first, then by tie.
 */
export async function toHeadsSql(query: HeadsQuery): Promise<Prisma.Sql> {
  const { way } = GROUPINGS[query.by];
  // What a version stood at, or a search has found, is in no index by group.
  if (way === "count" || !query.conditions.view.isTable) return countGroups(query);
  if (await isCounted(query, way)) return countGroups(query);
  return "each" in way ? toWorstOfEach(query, way) : walkList(query, way);
}

/** Pages go on as they began, whatever has come in between. */
async function isCounted({ conditions, cursor }: HeadsQuery, way: Each | Walk): Promise<boolean> {
  if (cursor !== null) return !isUuid(cursor.tie);
  // One account has few of what all have.
  if ("each" in way && conditions.has("accountId")) return true;
  const members = "each" in way ? undefined : way.members;
  const hasFew = members ? Prisma.sql`NOT EXISTS (${members} OFFSET ${FEW_MEMBERS})` : Prisma.sql`false`;
  const [row] = await ask<{ few: boolean }>(Prisma.sql`
    SELECT ${hasFew} OR (SELECT total FROM (${toCountSql(conditions)}) AS matching) <= ${FEW} AS few`);
  return row?.few ?? true;
}

/** The severity is in the rank, so that an index alone can tell it. */
const BY_RANK = SEVERITIES.map(
  (severity, index) =>
    Prisma.sql`(count(*) FILTER (WHERE f.rank / 1000 = ${SEVERITIES.length - 1 - index}))::int AS ${Prisma.raw(severity)}`,
);

/** Counts the findings of each group `h` whose `same` they are, as far as the cap. */
function countEach(heads: Prisma.Sql, same: Prisma.Sql, conditions: ConditionSet): Prisma.Sql {
  return Prisma.sql`SELECT h.rank, h.id::text AS tie, h.id AS example_id, counted.* FROM (${heads}) AS h
    CROSS JOIN LATERAL (SELECT ${Prisma.join(BY_RANK)} FROM (
      SELECT f.rank FROM finding f ${conditions.where({ also: [same] })} ORDER BY f.rank DESC LIMIT ${GROUP_CAP + 1}) AS f
    ) AS counted`;
}

/** A group stands where its worst finding stands in the list. */
function walkList({ conditions, cursor, limit }: HeadsQuery, { head, same }: Walk): Prisma.Sql {
  const after = cursor === null ? [] : [Prisma.sql`(f.rank, f.id) < (${cursor.rank}, ${cursor.tie}::uuid)`];
  // Asked row by row, in the list's order: as a join the planner would look for worse ones of every finding first.
  const hasWorse = Prisma.sql`(SELECT EXISTS (
      SELECT FROM finding f ${conditions.where({ also: [same, Prisma.sql`(f.rank, f.id) > (h.rank, h.id)`] })}))`;
  const heads = Prisma.sql`SELECT h.* FROM finding f CROSS JOIN LATERAL (${head}) AS h
    ${conditions.where({ also: [...after, Prisma.sql`NOT ${hasWorse}`] })} ORDER BY f.rank DESC, f.id DESC LIMIT ${limit}`;
  return countEach(heads, same, conditions);
}

/** The worst finding of each is the first of its own in an index. */
function toWorstOfEach({ conditions, cursor, limit }: HeadsQuery, { each, same }: Each): Prisma.Sql {
  const after =
    cursor === null ? Prisma.empty : Prisma.sql`WHERE (worst.rank, worst.id) < (${cursor.rank}, ${cursor.tie}::uuid)`;
  const heads = Prisma.sql`SELECT h.key, worst.rank, worst.id FROM (${each}) AS h CROSS JOIN LATERAL (
      SELECT f.rank, f.id FROM finding f ${conditions.where({ also: [same] })}
      ORDER BY f.rank DESC, f.id DESC LIMIT 1
    ) AS worst ${after} ORDER BY worst.rank DESC, worst.id DESC LIMIT ${limit}`;
  return countEach(heads, same, conditions);
}

/** Everything that matches, counted. Among equally bad groups the larger one comes first. */
function countGroups({ by, conditions, cursor, limit }: HeadsQuery): Prisma.Sql {
  const { keys, belongs, join = Prisma.empty } = GROUPINGS[by];
  return Prisma.sql`SELECT * FROM (
    SELECT max(f.rank) AS rank, lpad(count(*)::text, 10, '0') || ' ' || concat_ws(' ', ${Prisma.join(keys)}) AS tie,
      min(f.id::text)::uuid AS example_id, ${Prisma.join(BY_RANK)}
    FROM ${conditions.view.rows} ${join} ${conditions.where({ also: [belongs] })} GROUP BY ${Prisma.join(keys)}
  ) AS h ${afterCursor(cursor)} ORDER BY h.rank DESC, h.tie DESC LIMIT ${limit}`;
}

/** The groups `h` behind the cursor. */
export function afterCursor(cursor: GroupCursor | null): Prisma.Sql {
  return cursor === null ? Prisma.empty : Prisma.sql`WHERE (h.rank, h.tie) < (${cursor.rank}, ${cursor.tie})`;
}
