import type { FindingGroup, FindingGroupPage, FindingGroupsQuery, GroupKey } from "#lib/domain/finding-groups.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { Prisma } from "../generated/client.ts";
import { LINEAGE_PLACE } from "./finding-predicates.ts";
import { toCountedHeadsSql } from "./group-counts.ts";
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
  const asking = { by: query.by, conditions, cursor, limit: query.limit + 1 };
  const counted = toCountedHeadsSql(asking);
  const rows = await ask<GroupRow>(counted ? nameByKey(query.by, counted) : nameByExample(await toHeadsSql(asking)));
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  const nextCursor = rows.length > query.limit && last ? toGroupCursor(query, { ...last, asOf }) : null;
  return { asOf, by: query.by, items: items.map((row) => toGroup(query, row, counted !== null)), nextCursor };
}

const COUNTS = Prisma.raw(SEVERITIES.map((severity) => `h.${severity}`).join(", "));

/** What the groups of a rollup have in common is all that they are called by. */
const NAMED: Partial<Record<GroupKey, { columns: Prisma.Sql; join: Prisma.Sql }>> = {
  account: {
    columns: Prisma.sql`, h.account_id, a.name AS account_name`,
    join: Prisma.sql`LEFT JOIN account a ON a.id = h.account_id`,
  },
  package: { columns: Prisma.sql`, h.package_name`, join: Prisma.empty },
  scan: { columns: Prisma.sql`, h.scan_name`, join: Prisma.empty },
  team: {
    columns: Prisma.sql`, h.team_id, t.name AS team_name`,
    join: Prisma.sql`LEFT JOIN team t ON t.id = h.team_id`,
  },
};

const VULNERABILITY = Prisma.sql`v.name AS vulnerability_name, v.title AS vulnerability_title,
  left(v.description, 240) AS description_start`;

function nameByKey(by: GroupKey, heads: Prisma.Sql): Prisma.Sql {
  const { columns, join } = NAMED[by] ?? {
    columns: Prisma.sql`, ${VULNERABILITY}`,
    join: Prisma.sql`JOIN vulnerability v ON v.id = h.vulnerability_id`,
  };
  return Prisma.sql`SELECT h.rank, h.tie, ${COUNTS} ${columns} FROM (${heads}) AS h ${join} ORDER BY h.rank DESC, h.tie DESC`;
}

function nameByExample(heads: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT h.rank, h.tie, ${COUNTS}, f.account_id, a.name AS account_name, f.issue_id,
      ${VULNERABILITY}, r.name AS resource_name,
      r.source_id AS resource_source_id, ${LINEAGE_PLACE} AS place, f.package_name, f.scan_name, t.id AS team_id, t.name AS team_name
    FROM (${heads}) AS h JOIN finding f ON f.id = h.example_id
    LEFT JOIN account a ON a.id = f.account_id
    LEFT JOIN vulnerability v ON v.id = f.vulnerability_id
    LEFT JOIN resource r ON r.account_id = f.account_id AND r.id = f.resource_id
    LEFT JOIN lineage_team l ON l.account_id = f.account_id AND l.lineage_id = f.lineage_id
    LEFT JOIN team t ON t.id = l.team_id
    ORDER BY h.rank DESC, h.tie DESC`;
}

function toGroup({ by }: FindingGroupsQuery, row: GroupRow, isCounted: boolean): FindingGroup {
  // Every severity is a column of the row.
  const bySeverity = Object.fromEntries(SEVERITIES.map((severity) => [severity, row[severity]])) as Record<
    Severity,
    number
  >;
  const counted = Object.values(bySeverity).reduce((sum, n) => sum + n, 0);
  const isWhole = isCounted || GROUPINGS[by].way === "count" || counted <= GROUP_CAP;
  return {
    ...GROUPINGS[by].toGroup(row),
    total: isWhole ? { count: counted, exact: true } : { count: GROUP_CAP, exact: false },
    bySeverity,
  };
}
