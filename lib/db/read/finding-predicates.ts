import { toRange } from "#lib/domain/filter-values.ts";
import { NOBODY } from "#lib/domain/filter-words.ts";
import type { Due, ListField } from "#lib/domain/finding-filter.ts";
import { AT_RISK_DAYS, AT_RISK_SHARE } from "#lib/domain/sla-words.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { Prisma } from "../generated/client.ts";
import { vulnerabilityId } from "../identity.ts";
import { toLikePattern } from "../like-pattern.ts";
import type { FindingView } from "./finding-view.ts";
import { IS_CLOCK_OF_FINDING, IS_RUNNING } from "./issue-conditions.ts";

/** What a predicate is told beside its values: the rows it is about, and the moment that ages are counted from. */
export type PredicateContext = { view: FindingView; at: Date };
type Predicate = (values: string[], context: PredicateContext) => Prisma.Sql;

/** That a finding `f` has one of the values. May be unknown (NULL), which is as good as no. */
export const PREDICATES: Record<ListField, Predicate> = {
  severity: column("severity"),
  status: column("status"),
  source: column("source"),
  type: toTypePredicate,
  accountId: column("account_id"),
  region: column("region"),
  resourceType: column("resource_type"),
  scanName: column("scan_name"),
  packageName: column("package_name"),
  packageVersion: column("package_version"),
  packageFixedIn: column("package_fixed_in"),
  packageManager: column("package_manager"),
  fixAvailable: column("fix_available"),
  exploitAvailable: column("exploit_available"),
  issueId: idColumn("issue_id"),
  lineageId: idColumn("lineage_id"),
  knownExploited: (values) => Prisma.sql`f.known_exploited = ANY(${values.map((value) => value === "yes")}::boolean[])`,
  // The id is made from the name: the index on it gives the rows in order.
  cve: (values) => isOneOf("vulnerability_id", values.map(vulnerabilityId), "uuid"),
  detectorId: (values) => isOneOf("vulnerability_id", values.map(vulnerabilityId), "uuid"),
  cwe: (values) => hasVulnerability(Prisma.sql`cwes && ${values}::text[]`),
  epss: (values) => hasVulnerability(isWithin(Prisma.sql`epss`, values)),
  score: (values) => isWithin(Prisma.sql`f.score`, values),
  age: toAgePredicate,
  path: (values) => anyOf(values.map(toPathPredicate)),
  resourceId: (values) => hasResource(Prisma.sql`source_id = ANY(${values})`),
  tag: (values) => hasResource(anyOf(values.map(toTagPredicate))),
  image: place("image"),
  function: place("function"),
  repository: place("repository"),
  team: toTeamPredicate,
  suppressedBy: (values) => Prisma.sql`EXISTS (
    SELECT 1 FROM finding_hold h WHERE h.account_id = f.account_id AND h.finding_id = f.id AND h.kind = ANY(${values}))`,
  exception: (values) => Prisma.sql`(f.account_id, f.id) IN (
    SELECT account_id, finding_id FROM finding_hold WHERE kind IN ('person', 'rule') AND key = ANY(${values}))`,
  assignee: toAssigneePredicate,
  due: toDuePredicate,
  overdueDays: toOverduePredicate,
};

/** The same of teams, over the rows of a rollup, which is counted by them. */
export const TEAM_OF_CUBE = column("team_id");

function column(name: string): Predicate {
  return (values) => isOneOf(name, values);
}

/** Every other type than that of packages has a list of its own in an index, which holds no packages. */
function toTypePredicate(values: string[]): Prisma.Sql {
  const isType = isOneOf("type", values);
  return values.includes("package") ? isType : Prisma.sql`${isType} AND f.type <> 'package'`;
}

function idColumn(name: string): Predicate {
  return (values) => isOneOf(name, values, "uuid");
}

/** One value is written as `=`: only then can an index give the rows in order. */
function isOneOf(name: string, values: string[], type: "text" | "uuid" = "text"): Prisma.Sql {
  const [left, cast] = [Prisma.raw(`f.${name}`), Prisma.raw(type)];
  return values.length === 1
    ? Prisma.sql`${left} = ${values[0]}::${cast}`
    : Prisma.sql`${left} = ANY(${values}::${cast}[])`;
}

const anyOf = (parts: Prisma.Sql[]): Prisma.Sql => Prisma.sql`(${Prisma.join(parts, " OR ")})`;

export function isWithin(value: Prisma.Sql, ranges: string[]): Prisma.Sql {
  return anyOf(
    ranges.map((text) => {
      const { from, to } = toRange(text) ?? { from: null, to: null };
      return Prisma.sql`(${value} >= ${from ?? "-infinity"}::real AND ${value} <= ${to ?? "infinity"}::real)`;
    }),
  );
}

const DAY_MS = 86_400_000;

/** Whole days: something seen 36 hours ago is one day old. */
function toAgePredicate(ranges: string[], { at }: PredicateContext): Prisma.Sql {
  const daysAgo = (days: number) => new Date(at.getTime() - days * DAY_MS);
  return anyOf(
    ranges.map((text) => {
      const { from, to } = toRange(text) ?? { from: null, to: null };
      const newest = daysAgo(Math.ceil(from ?? 0));
      if (to === null) return Prisma.sql`f.first_observed_at <= ${newest}`;
      return Prisma.sql`(f.first_observed_at <= ${newest} AND f.first_observed_at > ${daysAgo(Math.floor(to) + 1)})`;
    }),
  );
}

function hasVulnerability(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`f.vulnerability_id IN (SELECT id FROM vulnerability WHERE ${condition})`;
}

function hasResource(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(f.account_id, f.resource_id) IN (SELECT account_id, id FROM resource WHERE ${condition})`;
}

/** `key=value`, or a key that has any value. */
function toTagPredicate(tag: string): Prisma.Sql {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(tag) ?? [];
  if (key === undefined || value === undefined) return Prisma.sql`tags ? ${tag}`;
  return Prisma.sql`tags @> ${JSON.stringify({ [key]: value })}::jsonb`;
}

/** A lineage's kind and its name within the registry, region or provider: an index has both as they stand here. */
export const LINEAGE_KIND = Prisma.sql`split_part(lineage, ':', 1)`;
export const LINEAGE_PLACE = Prisma.sql`regexp_replace(lineage, '^[a-z]+:([^/]*/)?', '')`;

function place(kind: string): Predicate {
  return (values) => hasResource(Prisma.sql`${LINEAGE_KIND} = ${kind} AND ${LINEAGE_PLACE} = ANY(${values})`);
}

/** Today's teams, also of the past, by the place where a finding was then. By EXISTS: as a list of ids it would be read again and again once memory is short. */
export function toTeamPredicate(values: string[]): Prisma.Sql {
  const teams = values.filter((value) => value !== NO_TEAM);
  // A lineage's id is made from its account: by the id alone, as everywhere.
  const has = Prisma.sql`EXISTS (SELECT FROM lineage_team t WHERE t.team_id = ANY(${teams}) AND t.lineage_id = f.lineage_id)`;
  if (!values.includes(NO_TEAM)) return has;
  const none = Prisma.sql`NOT EXISTS (
    SELECT FROM lineage_team t WHERE t.account_id = f.account_id AND t.lineage_id = f.lineage_id)`;
  return teams.length === 0 ? none : anyOf([has, none]);
}

function toPathPredicate(glob: string): Prisma.Sql {
  return Prisma.sql`(f.type <> 'package' AND f.path LIKE ${toLikePattern(glob)})`;
}

/** Assignee and due date are the issue's; looking back, those that the version had. */
function ofIssue({ asOf }: FindingView, condition: Prisma.Sql): Prisma.Sql {
  if (asOf !== null) return condition;
  return Prisma.sql`EXISTS (SELECT 1 FROM issue i WHERE i.account_id = f.account_id AND i.id = f.issue_id AND ${condition})`;
}

function toAssigneePredicate(values: string[], { view }: PredicateContext): Prisma.Sql {
  const names = values.filter((value) => value !== NOBODY);
  const person = Prisma.sql`${view.assigneeId} IN (SELECT p.id FROM person p WHERE p.user_name = ANY(${names}))`;
  const condition = values.includes(NOBODY) ? Prisma.sql`(${view.assigneeId} IS NULL OR ${person})` : person;
  return ofIssue(view, condition);
}

const WEEK_DAYS = 7;

function toDuePredicate(values: string[], { view, at }: PredicateContext): Prisma.Sql {
  const week = new Date(at.getTime() + WEEK_DAYS * DAY_MS);
  const due = view.dueAt;
  const parts: Record<Due, Prisma.Sql> = {
    overdue: Prisma.sql`${due} < ${at}`,
    "at-risk": isAtRisk({ view, at }),
    week: Prisma.sql`(${due} >= ${at} AND ${due} < ${week})`,
    later: Prisma.sql`${due} >= ${week}`,
    none: Prisma.sql`${due} IS NULL`,
  };
  // The schema lets nothing else through.
  return ofIssue(view, anyOf(values.map((value) => parts[value as Due])));
}

/** Not overdue, and few days or a small part of the time since its clock began are left. */
function isAtRisk({ view, at }: PredicateContext): Prisma.Sql {
  const { dueAt: due, clocks } = view;
  return Prisma.sql`(${due} >= ${at} AND EXISTS (SELECT FROM ${clocks} WHERE ${IS_CLOCK_OF_FINDING} AND ${IS_RUNNING}
    AND ${toAtRiskCondition(due, at)}))`;
}

/** That so little is left until `due`, of the time since a clock `k` began, that it is at risk; overdue is too. */
export function toAtRiskCondition(due: Prisma.Sql, at: Date): Prisma.Sql {
  return Prisma.sql`${due} - ${at}::timestamptz
    <= greatest(make_interval(days => ${AT_RISK_DAYS}::int), (${due} - k.opened_at) * ${AT_RISK_SHARE}::float8)`;
}

/** Whole days: what was due 36 hours ago is one day overdue. */
function toOverduePredicate(ranges: string[], { view, at }: PredicateContext): Prisma.Sql {
  const ago = (days: number) => new Date(at.getTime() - days * DAY_MS);
  const parts = ranges.map((text) => {
    const { from, to } = toRange(text) ?? { from: null, to: null };
    const latest = ago(Math.ceil(from ?? 0));
    const isLate = Prisma.sql`${view.dueAt} < ${at} AND ${view.dueAt} <= ${latest}`;
    return to === null
      ? Prisma.sql`(${isLate})`
      : Prisma.sql`(${isLate} AND ${view.dueAt} > ${ago(Math.floor(to) + 1)})`;
  });
  return ofIssue(view, anyOf(parts));
}
