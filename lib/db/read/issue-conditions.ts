import type { FindingConditions } from "#lib/domain/finding-filter.ts";
import { Prisma } from "../generated/client.ts";
import type { FindingView } from "./finding-view.ts";

type Fields = Pick<FindingConditions, "issueOpenedFrom" | "issueOpenedTo" | "issueFixedFrom" | "issueFixedTo">;
type Condition = { field: keyof Fields; sql: Prisma.Sql };

/** What a clock `k` must be for its issue to be open, or to have been fixed. */
export const IS_RUNNING = Prisma.sql`k.closed_at IS NULL`;
export const IS_FIX = Prisma.sql`k.is_fix`;

/**
 * By the id alone, which is made from the account too: the planner would take the two for independent, and expect a
 * hundredth of the rows.
 */
export const IS_CLOCK_OF_FINDING = Prisma.sql`k.issue_id = f.issue_id`;

/** That the clock of a finding's issue runs and began in a time; that one of its clocks ended there in a fix. */
export function toIssueConditions(filter: Fields, { clocks }: FindingView): Condition[] {
  const { issueOpenedFrom, issueOpenedTo, issueFixedFrom, issueFixedTo } = filter;
  // OFFSET 0: asked as a whole. Else the planner walks the list in its order and looks each issue up, hoping for the page
  // to fill soon; where few or none match, that is every finding.
  const has = (what: Prisma.Sql) => Prisma.sql`(f.account_id, f.issue_id) IN (
    SELECT k.account_id, k.issue_id FROM ${clocks} WHERE ${what} OFFSET 0)`;
  const conditions: Condition[] = [];
  if (issueOpenedFrom !== undefined || issueOpenedTo !== undefined) {
    const began = within(Prisma.sql`k.opened_at`, issueOpenedFrom, issueOpenedTo);
    conditions.push({ field: "issueOpenedFrom", sql: has(Prisma.sql`${IS_RUNNING} AND ${began}`) });
  }
  if (issueFixedFrom !== undefined || issueFixedTo !== undefined) {
    const ended = within(Prisma.sql`k.closed_at`, issueFixedFrom, issueFixedTo);
    conditions.push({ field: "issueFixedFrom", sql: has(Prisma.sql`${IS_FIX} AND ${ended}`) });
  }
  return conditions;
}

/** From is inclusive, to is exclusive: neighbouring ranges share nothing. */
function within(instant: Prisma.Sql, from = "-infinity", to = "infinity"): Prisma.Sql {
  return Prisma.sql`${instant} >= ${from}::timestamptz AND ${instant} < ${to}::timestamptz`;
}
