import type { FindingConditions } from "#lib/domain/finding-filter.ts";
import { getHistory, resolveAsOf } from "./as-of.ts";
import { type ConditionSet, toConditionSet } from "./finding-conditions.ts";
import { toFindingView } from "./finding-view.ts";

/**
 * What narrows the list, over the findings as they are, or as they stood at the filter's `asOf`. Ages and due dates are
 * counted from that moment, else from now. Throws AppError for an `asOf` that nothing is known of.
 */
export async function readConditions(
  filter: FindingConditions,
  { now = new Date(), isSampleShown = false } = {},
): Promise<ConditionSet> {
  const view = toFindingView(filter.asOf === undefined ? null : resolveAsOf(filter.asOf, await getHistory()));
  return toConditionSet(filter, view, { now, isSampleShown });
}
