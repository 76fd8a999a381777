import type { FindingGroup, FindingGroupPage, FindingGroupsQuery, GroupKey } from "#lib/domain/finding-groups.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { Prisma } from "../generated/client.ts";
import type { ConditionSet } from "./finding-conditions.ts";
import { LINEAGE_PLACE } from "./finding-predicates.ts";
import { parseGroupCursor, toGroupCursor } from "./group-cursor.ts";
import { GROUP_CAP, toHeadsSql } from "./group-heads.ts";
import { GROUPINGS, type GroupNames } from "./group-keys.ts";
import { ask } from "./prepared.ts";
import { readConditions } from "./read-conditions.ts";
import { isSampleShown } from "./sample-visibility.ts";

type GroupRow = GroupNames & { rank: number; tie: string } & Record<Severity, number>;

/**
 * One page of groups, the one with the worst finding first; each with how many findings it has, by severity. A group
 * of more than 10,000 findings may be counted up to there, worst ones first, and is then marked inexact.
 * Throws AppError for a cursor of other groups, and for an `asOf` that nothing is known of.
 */
export async function listFindingGroups(query: FindingGroupsQuery): Promise<FindingGroupPage> {
  const cursor = parseGroupCursor(query);
  const asked = { ...query, asOf: cursor?.asOf ?? query.asOf };
  const conditions = await readConditions(asked, { isSampleShown: await isSampleShown() });
  const asOf = conditions.view.asOf?.toISOString() ?? null;
  const heads = toHeadsSql({ by: query.by, conditions, cursor, limit: query.limit + 1 });
  const rows = await ask<GroupRow>(isOfCube(query, conditions) ? nameAccounts(heads) : nameByExample(heads));
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  const nextCursor = rows.length > query.limit && last ? toGroupCursor(query, { ...last, asOf }) : null;
  return { asOf, by: query.by, items: items.map((row) => toGroup(query, row)), nextCursor };
}

const isOfCube = ({ by }: FindingGroupsQuery, conditions: ConditionSet) => by === "account" && conditions.isInCube();

const COUNTS = Prisma.raw(SEVERITIES.map((severity) => `h.${severity}`).join(", "));

function nameAccounts(heads: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT h.rank, h.tie, ${COUNTS}, h.account_id, a.name AS account_name
    FROM (${heads}) AS h LEFT JOIN account a ON a.id = h.account_id ORDER BY h.rank DESC, h.tie DESC`;
}

function nameByExample(heads: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT h.rank, h.tie, ${COUNTS}, f.account_id, a.name AS account_name, f.issue_id,
      v.name AS vulnerability_name, v.title AS vulnerability_title, left(v.description, 240) AS description_start, r.name AS resource_name,
      r.source_id AS resource_source_id, ${LINEAGE_PLACE} AS place, f.package_name, f.scan_name
    FROM (${heads}) AS h JOIN finding f ON f.id = h.example_id
    LEFT JOIN account a ON a.id = f.account_id
    LEFT JOIN vulnerability v ON v.id = f.vulnerability_id
    LEFT JOIN resource r ON r.account_id = f.account_id AND r.id = f.resource_id
    ORDER BY h.rank DESC, h.tie DESC`;
}

function toGroup({ by }: FindingGroupsQuery, row: GroupRow): FindingGroup {
  // Every severity is a column of the row.
  const bySeverity = Object.fromEntries(SEVERITIES.map((severity) => [severity, row[severity]])) as Record<
    Severity,
    number
  >;
  const counted = Object.values(bySeverity).reduce((sum, n) => sum + n, 0);
  const isWhole = GROUPINGS[by].way === "count" || counted <= GROUP_CAP;
  return {
    ...GROUPINGS[by].toGroup(row),
    total: isWhole ? { count: counted, exact: true } : { count: GROUP_CAP, exact: false },
    bySeverity,
  };
}
