import type { FindingStatus } from "#lib/domain/finding.ts";
import { findingConditionsSchema } from "#lib/domain/finding-filter.ts";
import type { TrendScope } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import type { History } from "./as-of.ts";
import { toConditionSet } from "./finding-conditions.ts";
import { type FindingView, toFindingView } from "./finding-view.ts";

/** A rollup of clocks as `d`, with what tells the sample's accounts from others. */
export function toClockRollup(table: "remediation_histogram" | "open_cohort"): Prisma.Sql {
  return Prisma.sql`(SELECT c.*, a.is_sample FROM ${Prisma.raw(table)} c JOIN account a ON a.id = c.account_id) AS d`;
}

/**
 * The findings that a list of this scope and status shows at the moment that history is told of, and the clocks of their
 * issues. While nothing is written, that is how they stand: their history need not be asked.
 */
export function toIssueView(
  { severity, source, type, accountId }: TrendScope,
  status: FindingStatus[],
  { hasUnsettled, settledAt, includeSample }: History,
  now: Date,
): { view: FindingView; where: Prisma.Sql } {
  const view = toFindingView(hasUnsettled ? settledAt : null);
  const filter = findingConditionsSchema.parse({ severity, source, type, accountId, status });
  return { view, where: toConditionSet(filter, view, { now, isSampleShown: includeSample }).where() };
}
