import type { FindingConditions } from "#lib/domain/finding-filter.ts";
import { getHistory, resolveAsOf } from "./as-of.ts";
import { type ConditionSet, toConditionSet } from "./finding-conditions.ts";
import { toFindingView } from "./finding-view.ts";

/**
 * What narrows the list, over the findings as they are, or as they stood at the filter's `asOf`. Ages and due dates are
 * counted from that moment, else from now. Throws AppError for an `asOf` that nothing is known of.
 */
export async function readConditions(filter: FindingConditions, now = new Date()): Promise<ConditionSet> {
  if (filter.asOf === undefined) return toConditionSet(filter, toFindingView(null), now);
  const history = await getHistory();
  return toConditionSet(filter, toFindingView(resolveAsOf(filter.asOf, history)), now);
}
