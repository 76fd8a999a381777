import type { FindingStatus } from "#lib/domain/finding.ts";
import { findingConditionsSchema } from "#lib/domain/finding-filter.ts";
import type { TrendScope } from "#lib/domain/trends.ts";
import type { Prisma } from "../generated/client.ts";
import type { History } from "./as-of.ts";
import { toConditionSet } from "./finding-conditions.ts";
import { type FindingView, toFindingView } from "./finding-view.ts";

/**
 * What a list of this scope and status shows at the moment that history is told of. While nothing is written, that is
 * how the findings stand: their history need not be asked.
 */
export function toToldFindings(
  { severity, source, type, accountId, team }: TrendScope,
  status: FindingStatus[],
  { hasUnsettled, settledAt, includeSample }: History,
  now: Date,
): { view: FindingView; where: Prisma.Sql } {
  const view = toFindingView(hasUnsettled ? settledAt : null);
  const filter = findingConditionsSchema.parse({ severity, source, type, accountId, team, status });
  return { view, where: toConditionSet(filter, view, { now, isSampleShown: includeSample }).where() };
}
