import { readExceptionQuery } from "#lib/domain/exception.ts";
import { Prisma } from "../generated/client.ts";
import { toConditionSet } from "./finding-conditions.ts";
import { toFindingView } from "./finding-view.ts";

/** What a rule holds: the list's filter in an address's form, and what of it. */
export type RuleTerms = { query: string; untilFix: boolean; holdsGrave: boolean };

/** What only a second person's approval lets a rule hold, of findings `f`. */
export const IS_GRAVE = Prisma.sql`(f.severity = 'critical' OR f.known_exploited)`;

/** Whatever of `rows` (findings `f`) matches the filter, closed or not. */
export function selectMatching(query: string, rows: Prisma.Sql, now: Date): Prisma.Sql {
  const conditions = toConditionSet(readExceptionQuery(query), toFindingView(null), { now, isSampleShown: true });
  return Prisma.sql`SELECT f.* FROM ${rows} ${conditions.where()}`;
}

type Selection = { rows: Prisma.Sql; columns: Prisma.Sql; now: Date };

/** `SELECT columns` of those of `rows` (findings `f`) that a rule holds: open ones that match. */
export function selectHeldBy(terms: RuleTerms, { rows, columns, now }: Selection): Prisma.Sql {
  const more = [
    Prisma.sql`f.status <> 'closed'`,
    ...(terms.untilFix ? [Prisma.sql`f.fix_available <> 'yes'`] : []),
    ...(terms.holdsGrave ? [] : [Prisma.sql`NOT ${IS_GRAVE}`]),
  ];
  const matching = selectMatching(terms.query, rows, now);
  return Prisma.sql`SELECT ${columns} FROM (${matching}) AS f WHERE ${Prisma.join(more, " AND ")}`;
}
