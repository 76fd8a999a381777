import type { FindingConditions } from "#lib/domain/finding-filter.ts";
import { resolveAsOf } from "./as-of.ts";
import { type ConditionSet, toConditionSet } from "./finding-conditions.ts";
import { toFindingView } from "./finding-view.ts";
import { isSampleShown } from "./sample-visibility.ts";

/**
 * What narrows the list, over the findings as they are, or as they stood at the filter's `asOf`.
 * Throws AppError for an `asOf` that nothing is known of.
 */
export async function readConditions(filter: FindingConditions): Promise<ConditionSet> {
  const includeSample = await isSampleShown();
  const asOf = filter.asOf === undefined ? null : await resolveAsOf(filter.asOf, includeSample);
  return toConditionSet(filter, includeSample, toFindingView(asOf));
}
