import type { FindingConditions } from "#lib/domain/finding-filter.ts";
import { Prisma } from "../generated/client.ts";

/** A condition by the name of the query field that it stands for, so that a facet can leave its own out. */
type Condition = { field: keyof FindingConditions | "sample"; sql: Prisma.Sql };

/** The fields that finding_cube can answer: its columns have the same names as in finding. */
const CUBE_COLUMNS = {
  severity: "severity",
  status: "status",
  source: "source",
  type: "type",
  accountId: "account_id",
  fixAvailable: "fix_available",
  exploitAvailable: "exploit_available",
} as const satisfies Partial<Record<keyof FindingConditions, string>>;

const FINDING_COLUMNS = { region: "region", resourceType: "resource_type", scanName: "scan_name" } as const;

function isCubeField(field: Condition["field"]): boolean {
  return field in CUBE_COLUMNS || field === "knownExploited" || field === "sample";
}

/** What narrows the list, as SQL over `finding f` (or over `finding_cube f`, where `isInCube`). */
export type ConditionSet = {
  /** `WHERE …`, or nothing; without the condition of `except`, when that is given. */
  where(except?: string): Prisma.Sql;
  /** Whether the cube alone can answer, with the condition of `except` left out. */
  isInCube(except?: string): boolean;
  has(field: string): boolean;
};

/** Sample findings take part only when `includeSample`. */
export function toConditionSet(filter: FindingConditions, includeSample: boolean): ConditionSet {
  const conditions = [
    ...toColumnConditions(filter),
    ...toDictionaryConditions(filter),
    ...toRangeConditions(filter),
    ...toSearchConditions(filter.q),
  ];
  if (!includeSample) conditions.push({ field: "sample", sql: Prisma.sql`NOT f.is_sample` });
  const others = (except?: string) => conditions.filter(({ field }) => field !== except);
  return {
    where: (except) => {
      const kept = others(except).map(({ sql }) => sql);
      return kept.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(kept, " AND ")}`;
    },
    isInCube: (except) => others(except).every(({ field }) => isCubeField(field)),
    has: (field) => conditions.some((condition) => condition.field === field),
  };
}

function toColumnConditions(filter: FindingConditions): Condition[] {
  const columns = { ...CUBE_COLUMNS, ...FINDING_COLUMNS };
  const conditions: Condition[] = [];
  for (const [name, column] of Object.entries(columns)) {
    // Object.entries forgets the keys' type.
    const field = name as keyof typeof columns;
    const values: string[] = filter[field];
    if (values.length > 0) conditions.push({ field, sql: isOneOf(column, values) });
  }
  if (filter.knownExploited !== undefined) {
    conditions.push({
      field: "knownExploited",
      sql: Prisma.sql`f.known_exploited = ${filter.knownExploited === "yes"}`,
    });
  }
  if (filter.issueId.length > 0) {
    conditions.push({ field: "issueId", sql: Prisma.sql`f.issue_id = ANY(${filter.issueId}::uuid[])` });
  }
  return conditions;
}

/** One value is written as `=`: only then can an index give the rows in order. */
function isOneOf(column: string, values: string[]): Prisma.Sql {
  const name = Prisma.raw(`f.${column}`);
  return values.length === 1 ? Prisma.sql`${name} = ${values[0]}` : Prisma.sql`${name} = ANY(${values})`;
}

function toDictionaryConditions(filter: FindingConditions): Condition[] {
  const conditions: Condition[] = [];
  for (const field of ["cve", "detectorId"] as const) {
    if (filter[field].length === 0) continue;
    conditions.push({
      field,
      sql: Prisma.sql`f.vulnerability_id IN (SELECT id FROM vulnerability WHERE name = ANY(${filter[field]}))`,
    });
  }
  if (filter.resourceId.length > 0) {
    conditions.push({
      field: "resourceId",
      sql: Prisma.sql`(f.account_id, f.resource_id) IN (SELECT account_id, id FROM resource WHERE source_id = ANY(${filter.resourceId}))`,
    });
  }
  if (filter.assignee.length > 0) {
    conditions.push({
      field: "assignee",
      sql: Prisma.sql`(f.account_id, f.issue_id) IN (
        SELECT i.account_id, i.id FROM issue i JOIN person p ON p.id = i.assignee_id WHERE p.user_name = ANY(${filter.assignee}))`,
    });
  }
  return conditions;
}

function toRangeConditions(filter: FindingConditions): Condition[] {
  const { firstObservedFrom, firstObservedTo, updatedFrom, updatedTo } = filter;
  const conditions: Condition[] = [];
  // From is inclusive, to is exclusive: neighbouring ranges share nothing.
  if (firstObservedFrom)
    conditions.push({
      field: "firstObservedFrom",
      sql: Prisma.sql`f.first_observed_at >= ${firstObservedFrom}::timestamptz`,
    });
  if (firstObservedTo)
    conditions.push({
      field: "firstObservedTo",
      sql: Prisma.sql`f.first_observed_at < ${firstObservedTo}::timestamptz`,
    });
  if (updatedFrom)
    conditions.push({ field: "updatedFrom", sql: Prisma.sql`f.updated_at >= ${updatedFrom}::timestamptz` });
  if (updatedTo) conditions.push({ field: "updatedTo", sql: Prisma.sql`f.updated_at < ${updatedTo}::timestamptz` });
  return conditions;
}

/** Every word must be found somewhere: title, CVE, package, file, or the resource's name or id. */
function toSearchConditions(q: string | undefined): Condition[] {
  const words = (q ?? "").split(/\s+/).filter(Boolean).slice(0, 8);
  return words.map((word) => {
    const pattern = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
    return {
      field: "q",
      sql: Prisma.sql`(f.title ILIKE ${pattern} OR f.package_name ILIKE ${pattern} OR f.path ILIKE ${pattern}
        OR f.vulnerability_id IN (SELECT id FROM vulnerability WHERE name ILIKE ${pattern} OR title ILIKE ${pattern})
        OR (f.account_id, f.resource_id) IN (SELECT account_id, id FROM resource WHERE name ILIKE ${pattern} OR source_id ILIKE ${pattern}))`,
    };
  });
}
