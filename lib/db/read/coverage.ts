import { z } from "zod";
import type { Coverage, CoverageQuery, UnscannedResource } from "#lib/domain/coverage.ts";
import type { SourceName } from "#lib/domain/finding.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { Prisma } from "../generated/client.ts";
import { lastWholePassAt } from "./last-pass.ts";
import { readListCursor, toListCursor } from "./list-cursor.ts";
import { ask } from "./prepared.ts";
import { isSampleShown } from "./sample-visibility.ts";

type Counts = { resources: number; notScanned: number };
type CountRow = {
  account_id: string | null;
  account_name: string | null;
  resource_type: string | null;
  resources: number;
  not_scanned: number;
};
type ItemRow = {
  account_id: string;
  account_name: string | null;
  region: string;
  source: SourceName;
  resource_id: string;
  resource_type: string;
  resource_source_id: string;
  resource_name: string | null;
  scan_type: string;
  reason: string;
  since: Date;
};

/**
 * What is examined and what is not, of the last whole readings; the resources that are not, by account and id. `reason`
 * narrows these alone. Throws AppError for what is no cursor.
 */
export async function getCoverage(query: CoverageQuery): Promise<Coverage> {
  const after = query.cursor === undefined ? null : readListCursor(query.cursor, placeSchema);
  const within = toConditions(query, await isSampleShown());
  const [counts, byTeam, reasons, rows, asOf] = await Promise.all([
    countResources(within),
    after === null ? countByTeam(within) : [],
    countReasons(within),
    selectItems(query, within, after),
    oldestReading(within),
  ]);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    asOf,
    total: toCounts(counts.find((row) => row.account_id === null && row.resource_type === null)),
    byType: counts.flatMap((row) =>
      row.resource_type === null ? [] : [{ resourceType: row.resource_type, ...toCounts(row) }],
    ),
    byAccount: counts.flatMap((row) =>
      row.account_id === null ? [] : [{ accountId: row.account_id, accountName: row.account_name, ...toCounts(row) }],
    ),
    byTeam,
    reasons,
    items: items.map(toItem),
    nextCursor: rows.length > query.limit && last ? toCursor(last) : null,
  };
}

/** The same in short, over everything, or what teams have. */
export async function getCoverageSummary(
  team: string[],
  includeSample: boolean,
): Promise<Counts & Pick<Coverage, "reasons">> {
  const within = toConditions({ accountId: [], region: [], resourceType: [], team }, includeSample);
  const [counts, reasons] = await Promise.all([countResources(within), countReasons(within)]);
  return { ...toCounts(counts.find((row) => row.account_id === null && row.resource_type === null)), reasons };
}

type Within = Pick<CoverageQuery, "accountId" | "region" | "resourceType" | "team">;

function toConditions({ accountId, region, resourceType, team }: Within, includeSample: boolean): Prisma.Sql {
  const conditions = [Prisma.sql`(${includeSample} OR NOT s.is_sample)`];
  if (accountId.length > 0) conditions.push(Prisma.sql`c.account_id = ANY(${accountId})`);
  if (region.length > 0) conditions.push(Prisma.sql`c.region = ANY(${region})`);
  if (resourceType.length > 0) conditions.push(Prisma.sql`c.resource_type = ANY(${resourceType})`);
  if (team.length > 0) conditions.push(Prisma.sql`coalesce(${TEAM_OF_COVERED}, ${NO_TEAM}) = ANY(${team})`);
  return Prisma.sql`coverage c JOIN scope s ON s.account_id = c.account_id AND s.region = c.region AND s.source = c.source
    WHERE ${Prisma.join(conditions, " AND ")}`;
}

/**
 * The team that has the lineage of what is covered. Of what never had a finding its account alone is known: then the first
 * team with a rule for that.
 */
const TEAM_OF_COVERED = Prisma.sql`coalesce(
  (SELECT t.team_id FROM lineage_team t WHERE t.account_id = c.account_id AND t.lineage_id = coalesce(c.lineage_id,
    (SELECT r.lineage_id FROM resource r WHERE r.account_id = c.account_id AND r.id = c.resource_id))),
  (SELECT t.id FROM team_rule q JOIN team t ON t.id = q.team_id
    WHERE q.kind = 'account' AND c.account_id LIKE q.like_pattern ORDER BY t.position LIMIT 1))`;

/** Most left out first. */
function countResources(within: Prisma.Sql): Promise<CountRow[]> {
  return ask<CountRow>(Prisma.sql`
    SELECT counted.*, a.name AS account_name FROM (
      SELECT account_id, resource_type, count(*)::int AS resources, (count(*) FILTER (WHERE is_left_out))::int AS not_scanned
      FROM (
        SELECT c.account_id, min(c.resource_type) AS resource_type, bool_or(NOT c.is_scanned) AS is_left_out
        FROM ${within} GROUP BY c.account_id, c.resource_id, c.source
      ) AS one_resource
      GROUP BY GROUPING SETS ((), (account_id), (resource_type))
    ) AS counted LEFT JOIN account a ON a.id = counted.account_id
    ORDER BY not_scanned DESC, resources DESC, account_id, resource_type`);
}

/** Most left out first; nothing while there are no teams. */
function countByTeam(within: Prisma.Sql): Promise<Coverage["byTeam"]> {
  return ask<Coverage["byTeam"][number]>(Prisma.sql`
    SELECT t.id AS "teamId", t.name AS "teamName", count(*)::int AS resources, (count(*) FILTER (WHERE is_left_out))::int AS "notScanned"
    FROM (
      SELECT min(${TEAM_OF_COVERED}) AS team_id, bool_or(NOT c.is_scanned) AS is_left_out
      FROM ${within} AND EXISTS (SELECT FROM team) GROUP BY c.account_id, c.resource_id, c.source
    ) AS one_resource LEFT JOIN team t ON t.id = one_resource.team_id
    GROUP BY 1, 2 ORDER BY 4 DESC, 3 DESC, 1`);
}

function countReasons(within: Prisma.Sql): Promise<Coverage["reasons"]> {
  return ask<Coverage["reasons"][number]>(Prisma.sql`
    SELECT c.reason, count(DISTINCT (c.account_id, c.resource_id))::int AS resources
    FROM ${within} AND NOT c.is_scanned GROUP BY c.reason ORDER BY 2 DESC, 1`);
}

async function oldestReading(within: Prisma.Sql): Promise<string | null> {
  const [row] = await ask<{ at: Date | null }>(Prisma.sql`
    SELECT min(${lastWholePassAt(Prisma.sql`place`)}) AS at
    FROM (SELECT DISTINCT s.account_id, s.region, s.source FROM ${within}) AS place`);
  return row?.at?.toISOString() ?? null;
}

/** One row more than asked tells whether a next page exists. */
function selectItems(query: CoverageQuery, within: Prisma.Sql, after: Place | null): Promise<ItemRow[]> {
  const reasons = query.reason.length > 0 ? Prisma.sql`AND c.reason = ANY(${query.reason})` : Prisma.empty;
  const beyond = after
    ? Prisma.sql`AND (c.account_id, c.resource_id, c.scan_type, c.source) > (${after[0]}, ${after[1]}::uuid, ${after[2]}, ${after[3]})`
    : Prisma.empty;
  return ask<ItemRow>(Prisma.sql`
    SELECT c.*, a.name AS account_name, r.name AS resource_name FROM (
      SELECT c.* FROM ${within} AND NOT c.is_scanned ${reasons} ${beyond}
      ORDER BY c.account_id, c.resource_id, c.scan_type, c.source LIMIT ${query.limit + 1}
    ) AS c
    LEFT JOIN account a ON a.id = c.account_id
    LEFT JOIN resource r ON r.account_id = c.account_id AND r.id = c.resource_id
    ORDER BY c.account_id, c.resource_id, c.scan_type, c.source`);
}

function toCounts(row: CountRow | undefined): Counts {
  return { resources: row?.resources ?? 0, notScanned: row?.not_scanned ?? 0 };
}

function toItem(row: ItemRow): UnscannedResource {
  return {
    accountId: row.account_id,
    accountName: row.account_name,
    region: row.region,
    source: row.source,
    resourceType: row.resource_type,
    resourceId: row.resource_source_id,
    resourceName: row.resource_name ?? row.resource_source_id.split("/").at(-1) ?? row.resource_source_id,
    scanType: row.scan_type,
    reason: row.reason,
    since: row.since.toISOString(),
  };
}

const placeSchema = z.tuple([z.string(), z.uuid(), z.string(), z.string()]);
type Place = z.infer<typeof placeSchema>;

function toCursor(row: ItemRow): string {
  const place: Place = [row.account_id, row.resource_id, row.scan_type, row.source];
  return toListCursor(place);
}
