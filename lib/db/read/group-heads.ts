import { validate as isUuid } from "uuid";
import type { GroupKey } from "#lib/domain/finding-groups.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { Prisma } from "../generated/client.ts";
import type { ConditionSet } from "./finding-conditions.ts";
import type { GroupCursor } from "./group-cursor.ts";
import { GROUPINGS, type Walk } from "./group-keys.ts";
import { ask } from "./prepared.ts";

/** Beyond this the findings of one group are not counted. */
export const GROUP_CAP = 10_000;

export type HeadsQuery = { by: GroupKey; conditions: ConditionSet; cursor: GroupCursor | null; limit: number };

/** So many resources are looked up sooner than the list is walked for the findings on them. */
const FEW_MEMBERS = 1_000;

/**
 * The page's groups as a query of `rank` (of the worst finding), `tie`, `example_id` (a finding of the group) and how
 * many of each severity; worst first, then by tie.
 */
export async function toHeadsSql(query: HeadsQuery): Promise<Prisma.Sql> {
  const { way } = GROUPINGS[query.by];
  // What a version stood at, or a search has found, is in no index by group; and one account has few of what all have.
  const isOfAccount = way === "vulnerability" && query.conditions.has("accountId");
  if (way === "count" || isOfAccount || !query.conditions.view.isTable) return countGroups(query);
  if (way === "vulnerability") return walkVulnerabilities(query);
  return (await isWalked(way, query.cursor)) ? walkList(query, way) : countGroups(query);
}

/** Pages go on as they began, whatever has come in between. */
async function isWalked({ members }: Walk, cursor: GroupCursor | null): Promise<boolean> {
  if (members === undefined) return true;
  if (cursor !== null) return isUuid(cursor.tie);
  const [row] = await ask<{ many: boolean }>(Prisma.sql`SELECT EXISTS (${members} OFFSET ${FEW_MEMBERS}) AS many`);
  return row?.many ?? false;
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

/** The worst finding of each vulnerability is the first of its own in an index. */
function walkVulnerabilities({ by, conditions, cursor, limit }: HeadsQuery): Prisma.Sql {
  const after =
    cursor === null ? Prisma.empty : Prisma.sql`AND (worst.rank, worst.id) < (${cursor.rank}, ${cursor.tie}::uuid)`;
  const heads = Prisma.sql`SELECT v.id AS vulnerability_id, worst.rank, worst.id FROM vulnerability v CROSS JOIN LATERAL (
      SELECT f.rank, f.id FROM finding f ${conditions.where({ also: [Prisma.sql`f.vulnerability_id = v.id`] })}
      ORDER BY f.rank DESC, f.id DESC LIMIT 1
    ) AS worst WHERE v.kind = ${by} ${after} ORDER BY worst.rank DESC, worst.id DESC LIMIT ${limit}`;
  return countEach(heads, Prisma.sql`f.vulnerability_id = h.vulnerability_id`, conditions);
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
