import { type FindingStatus, findingStatusSchema } from "#lib/domain/finding.ts";
import { type FindingConditions, LIST_FIELD_NAMES, type ListField } from "#lib/domain/finding-filter.ts";
import { type SearchTerm, toSearchTerms } from "#lib/domain/search-terms.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { type Severity, severitySchema } from "#lib/domain/severity.ts";
import { Prisma } from "../generated/client.ts";
import { findCube } from "./cubes.ts";
import { PREDICATES, TEAM_OF_CUBE } from "./finding-predicates.ts";
import type { FindingView } from "./finding-view.ts";
import { toIssueConditions } from "./issue-conditions.ts";
import { hasMoved, toMovedCondition } from "./moved-findings.ts";
import { IS_SAMPLE_SHOWN } from "./sample-visibility.ts";
import { toSearchConditions } from "./search-conditions.ts";

/** A condition by the name of the query field that it stands for, so that a facet can leave its own out. */
type Condition = { field: keyof FindingConditions | "sample"; sql: Prisma.Sql };

/** Beside active findings, what day deltas can answer. */
const DELTA_FIELDS = new Set<Condition["field"]>([
  "severity",
  "status",
  "source",
  "type",
  "accountId",
  "team",
  "sample",
]);
const STANDING_FIELDS = new Set<Condition["field"]>(["severity", "status"]);

/** What narrows the list, as SQL over the view's rows `f` (or over the rows `f` of a rollup that `cube` names). */
export type ConditionSet = {
  view: FindingView;
  /** `WHERE …`, or nothing; without the condition of `except` and with those of `also`, where they are given. */
  where(change?: { except?: string; also?: Prisma.Sql[] }): Prisma.Sql;
  /** The same over the rows of a rollup, which have a team of their own. */
  whereOfCube(change?: { except?: string; also?: Prisma.Sql[] }): Prisma.Sql;
  /** The same, with the severity as bounds of the rank: for what is walked in its order. */
  whereByRank(also: Prisma.Sql[]): Prisma.Sql;
  /** The smallest rollup that can answer by these fields, with the condition of `except` left out; null without one. */
  cube(by?: string[], except?: string): Prisma.Sql | null;
  /** Whether day deltas can: of active findings, by what the deltas are counted by. */
  isInDeltas(except?: string): boolean;
  /** Whether the view's `standing` can: by status and severity alone. */
  isOfStanding(except?: string): boolean;
  has(field: string): boolean;
  /** The conditions and `more`, of each status by itself where an index gives the list of one in order. */
  wheresByStatus(more: Prisma.Sql[]): Prisma.Sql[];
  /** How many there are, where a search has counted them: as far as it counted. */
  counted: number | null;
};

/** The sample organisation's findings, unless an admin has hidden them: told in the same statement. */
const SAMPLE: Condition = { field: "sample", sql: Prisma.sql`(NOT f.is_sample OR ${IS_SAMPLE_SHOWN})` };

export type ConditionOptions = { now: Date; isSampleShown?: boolean; terms?: SearchTerm[] };

/**
 * `now` is what ages and due dates are counted from, unless the view looks back. Whoever knows that the sample is shown
 * says so: without its condition an index alone can answer. `terms` are those that the view's rows are not found by.
 */
export function toConditionSet(
  filter: FindingConditions,
  view: FindingView,
  { now, isSampleShown = false, terms = toSearchTerms(filter.q ?? "") }: ConditionOptions,
): ConditionSet {
  const isMoved = hasMoved(filter);
  const context = { view, at: view.asOf ?? now };
  // What moved is asked for with the severity that it moved with, and in whose place.
  const fields = LIST_FIELD_NAMES.filter((field) => !(isMoved && (field === "severity" || field === "team")));
  const conditions: Condition[] = [
    ...(isSampleShown ? [] : [SAMPLE]),
    ...fields.flatMap((field) => toListConditions(field, filter).map((sql) => ({ field, sql: sql(context) }))),
    ...toRangeConditions(filter),
    ...toIssueConditions(filter, view),
    ...toSearchConditions(terms).map((sql) => ({ field: "q" as const, sql })),
  ];
  if (isMoved) conditions.push({ field: "movement", sql: toMovedCondition(filter) });
  const statuses = toStatuses(filter);
  const severities = severitySchema.options.filter(
    (severity) =>
      (filter.severity.length === 0 || filter.severity.includes(severity)) && !filter["-severity"].includes(severity),
  );
  const others = (except?: string) => conditions.filter(({ field }) => field !== except);
  const bounds = toRankBounds(isMoved ? [] : severities);
  const excludes = LIST_FIELD_NAMES.some((field) => filter[`-${field}`].length > 0);
  const whereBut = (left: string[], more: Prisma.Sql[] = []) =>
    toWhere([...more, ...conditions.filter(({ field }) => !left.includes(field)).map(({ sql }) => sql)]);
  const ofTeam = toListConditions("team", filter, TEAM_OF_CUBE).map((sql) => sql(context));
  return {
    view,
    where: ({ except = "", also = [] } = {}) => whereBut([except], also),
    whereOfCube: ({ except = "", also = [] } = {}) =>
      whereBut([except, "team"], [...also, ...(except === "team" ? [] : ofTeam)]),
    whereByRank: (also) => whereBut(bounds.standsFor, [...bounds.conditions, ...also]),
    counted: null,
    wheresByStatus: (more) =>
      view.isTable || view.asOf !== null
        ? statuses.map((status) =>
            whereBut(
              ["status", ...bounds.standsFor],
              [Prisma.sql`f.status = ${status}`, ...bounds.conditions, ...more],
            ),
          )
        : [whereBut([], more)],
    cube: (by = [], except) => (view.isTable ? findCube([...by, ...others(except).map(({ field }) => field)]) : null),
    isInDeltas: (except) =>
      !excludes &&
      except !== "status" &&
      filter.status.join() === "active" &&
      others(except).every(({ field }) => DELTA_FIELDS.has(field)),
    isOfStanding: (except) => others(except).every(({ field }) => STANDING_FIELDS.has(field)),
    has: (field) => conditions.some((condition) => condition.field === field),
  };
}

/** Those that are kept. */
export function toStatuses(filter: Pick<FindingConditions, "status" | "-status">): FindingStatus[] {
  return findingStatusSchema.options.filter(
    (status) => (filter.status.length === 0 || filter.status.includes(status)) && !filter["-status"].includes(status),
  );
}

function toWhere(kept: Prisma.Sql[]): Prisma.Sql {
  return kept.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(kept, " AND ")}`;
}

type RankBounds = { conditions: Prisma.Sql[]; standsFor: string[] };

/**
 * The severity is the first part of the rank: with its bounds an index begins where the list does. Where no severity
 * between them is left out they stand for it: with both, the planner would expect too few rows.
 */
function toRankBounds(severities: Severity[]): RankBounds {
  const ranks = severities.map((severity) => SEVERITIES.length - 1 - SEVERITIES.indexOf(severity));
  if (ranks.length === 0 || ranks.length === SEVERITIES.length) return { conditions: [], standsFor: [] };
  const [least, most] = [Math.min(...ranks), Math.max(...ranks)];
  return {
    conditions: [Prisma.sql`f.rank >= ${least * 1000} AND f.rank < ${(most + 1) * 1000}`],
    standsFor: most - least + 1 === ranks.length ? ["severity"] : [],
  };
}

/** Where every value is known, leaving some out is keeping the others: an index can answer that. */
const KNOWN_VALUES: Partial<Record<ListField, readonly string[]>> = {
  severity: severitySchema.options,
  status: findingStatusSchema.options,
};

type ToSql = (context: Parameters<(typeof PREDICATES)[ListField]>[1]) => Prisma.Sql;

/** What is kept and what is left out by one field. */
function toListConditions(field: ListField, filter: FindingConditions, predicate = PREDICATES[field]): ToSql[] {
  const kept: string[] = filter[field];
  const left: string[] = filter[`-${field}`];
  const known = KNOWN_VALUES[field];
  const has =
    (values: string[], is = ""): ToSql =>
    (context) =>
      Prisma.sql`(${predicate(values, context)})${Prisma.raw(is)}`;
  if (known && left.length > 0) {
    return [has(known.filter((value) => !left.includes(value) && (kept.length === 0 || kept.includes(value))))];
  }
  return [
    ...(kept.length > 0 ? [has(kept)] : []),
    // What is unknown has none of the values.
    ...(left.length > 0 ? [has(left, " IS NOT TRUE")] : []),
  ];
}

/** From is inclusive, to is exclusive: neighbouring ranges share nothing. */
function toRangeConditions(filter: FindingConditions): Condition[] {
  const { firstObservedFrom, firstObservedTo, updatedFrom, updatedTo } = filter;
  const conditions: Condition[] = [];
  const add = (field: Condition["field"], left: string, instant: string | undefined) => {
    if (instant) conditions.push({ field, sql: Prisma.sql`${Prisma.raw(left)} ${instant}::timestamptz` });
  };
  add("firstObservedFrom", "f.first_observed_at >=", firstObservedFrom);
  add("firstObservedTo", "f.first_observed_at <", firstObservedTo);
  add("updatedFrom", "f.updated_at >=", updatedFrom);
  add("updatedTo", "f.updated_at <", updatedTo);
  return conditions;
}
