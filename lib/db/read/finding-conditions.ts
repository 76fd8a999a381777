import type { FindingConditions } from "#lib/domain/finding-filter.ts";
import { Prisma } from "../generated/client.ts";
import type { FindingView } from "./finding-view.ts";
import { toMovedCondition } from "./moved-findings.ts";
import { IS_SAMPLE_SHOWN } from "./sample-visibility.ts";

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

const FINDING_COLUMNS = {
  region: "region",
  resourceType: "resource_type",
  scanName: "scan_name",
  packageName: "package_name",
  packageFixedIn: "package_fixed_in",
} as const;

const ID_COLUMNS = { issueId: "issue_id", lineageId: "lineage_id" } as const;

/** Beside active findings, what day deltas can answer. */
const DELTA_FIELDS = new Set<Condition["field"]>(["severity", "status", "source", "type", "accountId", "sample"]);

function isCubeField(field: Condition["field"]): boolean {
  return field in CUBE_COLUMNS || field === "knownExploited" || field === "sample";
}

/** What narrows the list, as SQL over the view's rows `f` (or over `finding_cube f`, where `isInCube`). */
export type ConditionSet = {
  view: FindingView;
  /** `WHERE …`, or nothing; without the condition of `except`, when that is given. */
  where(except?: string): Prisma.Sql;
  /** Whether the cube alone can answer, with the condition of `except` left out. */
  isInCube(except?: string): boolean;
  /** Whether day deltas can: of active findings, by what the deltas are counted by. */
  isInDeltas: boolean;
  has(field: string): boolean;
};

/** The sample organisation's findings, unless an admin has hidden them: told in the same statement. */
const SAMPLE: Condition = { field: "sample", sql: Prisma.sql`(NOT f.is_sample OR ${IS_SAMPLE_SHOWN})` };

export function toConditionSet(filter: FindingConditions, view: FindingView): ConditionSet {
  const isMoved = filter.movement.length > 0 || filter.movedFrom !== undefined || filter.movedTo !== undefined;
  const conditions = [
    SAMPLE,
    // What moved is asked for with the severity that it moved with.
    ...toColumnConditions(isMoved ? { ...filter, severity: [] } : filter),
    ...toDictionaryConditions(filter),
    ...toAssigneeConditions(filter, view),
    ...toRangeConditions(filter),
    ...toIssueConditions(filter),
    ...toSearchConditions(filter.q),
  ];
  if (isMoved) conditions.push({ field: "movement", sql: toMovedCondition(filter) });
  const others = (except?: string) => conditions.filter(({ field }) => field !== except);
  return {
    view,
    where: (except) => {
      const kept = others(except).map(({ sql }) => sql);
      return kept.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(kept, " AND ")}`;
    },
    isInCube: (except) => view.asOf === null && others(except).every(({ field }) => isCubeField(field)),
    isInDeltas: filter.status.join() === "active" && conditions.every(({ field }) => DELTA_FIELDS.has(field)),
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
  for (const field of ["issueId", "lineageId"] as const) {
    if (filter[field].length === 0) continue;
    const column = Prisma.raw(`f.${ID_COLUMNS[field]}`);
    conditions.push({ field, sql: Prisma.sql`${column} = ANY(${filter[field]}::uuid[])` });
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
  if (filter.packageManager.length > 0) {
    conditions.push({
      field: "packageManager",
      sql: Prisma.sql`EXISTS (SELECT 1 FROM finding_package fp JOIN package k ON k.id = fp.package_id
        WHERE fp.account_id = f.account_id AND fp.finding_id = f.id AND k.manager = ANY(${filter.packageManager}))`,
    });
  }
  return conditions;
}

function toAssigneeConditions({ assignee }: FindingConditions, { asOf }: FindingView): Condition[] {
  if (assignee.length === 0) return [];
  const people = Prisma.sql`SELECT p.id FROM person p WHERE p.user_name = ANY(${assignee})`;
  const sql =
    asOf === null
      ? Prisma.sql`(f.account_id, f.issue_id) IN (
          SELECT i.account_id, i.id FROM issue i WHERE i.assignee_id IN (${people}))`
      : Prisma.sql`f.assignee_id IN (${people})`;
  return [{ field: "assignee", sql }];
}

function toIssueConditions({ issueOpenedFrom, issueOpenedTo }: FindingConditions): Condition[] {
  if (issueOpenedFrom === undefined && issueOpenedTo === undefined) return [];
  const from = issueOpenedFrom ?? "-infinity";
  const to = issueOpenedTo ?? "infinity";
  const sql = Prisma.sql`(f.account_id, f.issue_id) IN (
    SELECT account_id, issue_id FROM issue_clock
    WHERE closed_at IS NULL AND opened_at >= ${from}::timestamptz AND opened_at < ${to}::timestamptz)`;
  return [{ field: "issueOpenedFrom", sql }];
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
