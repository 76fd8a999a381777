import { SEVERITIES } from "#lib/domain/severities.ts";
import { Prisma } from "../generated/client.ts";
import { afterCursor, type HeadsQuery } from "./group-heads.ts";
import { GROUPINGS } from "./group-keys.ts";

const COUNTS = Prisma.join(
  SEVERITIES.map(
    (severity) =>
      Prisma.sql`coalesce(sum(f.n) FILTER (WHERE f.severity = ${severity}), 0)::int AS ${Prisma.raw(severity)}`,
  ),
);

/**
 * The page's groups from a rollup that counts them, as a query of `rank`, `tie`, what the groups have in common and how
 * many of each severity; worst first, then by tie. Null where no rollup can answer.
 */
export function toCountedHeadsSql(query: HeadsQuery): Prisma.Sql | null {
  const { countedBy } = GROUPINGS[query.by];
  const cube = countedBy === undefined ? null : query.conditions.cube([countedBy.field]);
  if (countedBy === undefined || cube === null) return null;
  if (query.by === "cve") return walkVulnerabilities(query, cube);
  if (query.by === "detector") return lookDetectorsUp(query, cube);
  return countAll(query, cube, countedBy);
}

/** Few enough to be counted all. The rollup knows the severity of the worst, and not its rank. */
function countAll(
  { conditions, cursor, limit }: HeadsQuery,
  cube: Prisma.Sql,
  { column, none }: { column: string; none: string },
): Prisma.Sql {
  const ranks = SEVERITIES.map(
    (severity, index) => Prisma.sql`WHEN h.${Prisma.raw(severity)} > 0 THEN ${(SEVERITIES.length - index) * 1000}`,
  );
  const worst = Prisma.join(
    SEVERITIES.map((severity) => Prisma.sql`lpad(h.${Prisma.raw(severity)}::text, 10, '0')`),
    " || ",
  );
  const key = Prisma.raw(column);
  const where = conditions.whereOfCube({ also: [Prisma.sql`f.${key} <> ${none}`] });
  return Prisma.sql`SELECT * FROM (
    SELECT CASE ${Prisma.join(ranks, " ")} ELSE 0 END AS rank, ${worst} || ' ' || h.${key} AS tie, h.*
    FROM (SELECT f.${key}, ${COUNTS} FROM ${cube} f ${where} GROUP BY f.${key} HAVING sum(f.n) > 0) AS h
  ) AS h ${afterCursor(cursor)} ORDER BY h.rank DESC, h.tie DESC LIMIT ${limit}`;
}

/**
 * Down the ranks that CVEs have findings of, passing over one that has findings of a worse rank. Both questions are asked
 * row by row and answer a boolean, so that the planner expects the page to fill soon.
 */
function walkVulnerabilities({ conditions, cursor, limit }: HeadsQuery, cube: Prisma.Sql): Prisma.Sql {
  const isCve = Prisma.sql`(SELECT v.kind = 'cve' FROM vulnerability v WHERE v.id = f.vulnerability_id)`;
  const hasWorse = Prisma.sql`(SELECT EXISTS (
      SELECT FROM ${cube} f
      ${conditions.whereByRank([Prisma.sql`f.vulnerability_id = w.vulnerability_id AND f.rank > w.rank`])}
      GROUP BY f.rank HAVING sum(f.n) > 0))`;
  const after =
    cursor === null ? [] : [Prisma.sql`(f.rank, f.vulnerability_id) < (${cursor.rank}, ${cursor.tie}::uuid)`];
  const heads = Prisma.sql`SELECT f.rank, f.vulnerability_id FROM ${cube} f
    CROSS JOIN LATERAL (SELECT f.rank, f.vulnerability_id) AS w
    ${conditions.whereByRank([isCve, Prisma.sql`NOT ${hasWorse}`, ...after])}
    GROUP BY f.rank, f.vulnerability_id HAVING sum(f.n) > 0 ORDER BY f.rank DESC, f.vulnerability_id DESC LIMIT ${limit}`;
  return countEach(heads, conditions, cube);
}

/** Detectors are few among vulnerabilities, and may stand below every CVE: each one's worst rank is looked up. */
function lookDetectorsUp({ conditions, cursor, limit }: HeadsQuery, cube: Prisma.Sql): Prisma.Sql {
  const own = conditions.where({ also: [Prisma.sql`f.vulnerability_id = v.id`] });
  const heads = Prisma.sql`SELECT h.rank, h.vulnerability_id FROM (
      SELECT worst.rank, v.id AS vulnerability_id, v.id::text AS tie FROM vulnerability v CROSS JOIN LATERAL (
        SELECT max(rank) AS rank FROM (
          SELECT f.rank FROM ${cube} f ${own} GROUP BY f.rank HAVING sum(f.n) > 0) AS ranks
      ) AS worst WHERE v.kind = 'detector' AND worst.rank IS NOT NULL
    ) AS h ${afterCursor(cursor)} ORDER BY h.rank DESC, h.vulnerability_id DESC LIMIT ${limit}`;
  return countEach(heads, conditions, cube);
}

function countEach(heads: Prisma.Sql, conditions: HeadsQuery["conditions"], cube: Prisma.Sql): Prisma.Sql {
  const own = conditions.where({ also: [Prisma.sql`f.vulnerability_id = h.vulnerability_id`] });
  return Prisma.sql`SELECT h.rank, h.vulnerability_id::text AS tie, h.vulnerability_id, counted.* FROM (${heads}) AS h
    CROSS JOIN LATERAL (SELECT ${COUNTS} FROM ${cube} f ${own}) AS counted`;
}
