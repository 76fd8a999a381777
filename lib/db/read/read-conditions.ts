import type { FindingConditions } from "#lib/domain/finding-filter.ts";
import { toSearchTerms } from "#lib/domain/search-terms.ts";
import { getHistory, resolveAsOf } from "./as-of.ts";
import { type ConditionOptions, type ConditionSet, toConditionSet, toStatuses } from "./finding-conditions.ts";
import { type FindingView, toFindingView } from "./finding-view.ts";
import { findRowsByValue } from "./rows-by-value.ts";
import { isSampleShown } from "./sample-visibility.ts";
import { countFound, findRarest, toFoundRows } from "./search-conditions.ts";

/** As many findings are read and sorted sooner than the whole list is walked for them. */
const FEW = 20_000;
/** A count beyond this need not be exact. */
const MOST_COUNTED = 10_000;

/**
 * What narrows the list, over the findings as they are, or as they stood at the filter's `asOf`. Ages and due dates are
 * counted from that moment, else from now. Where a search finds few, or a value is in few, over what is found so.
 * Throws AppError for an `asOf` that nothing is known of.
 */
export async function readConditions(
  filter: FindingConditions,
  { now = new Date(), isSampleShown = false }: Partial<ConditionOptions> = {},
): Promise<ConditionSet> {
  const view = toFindingView(filter.asOf === undefined ? null : resolveAsOf(filter.asOf, await getHistory()));
  const options = { now, isSampleShown };
  return (
    (await narrowToFound(filter, view, options)) ??
    (await narrowToValue(filter, view, options)) ??
    toConditionSet(filter, view, options)
  );
}

/** Null where nothing is searched for, or in the past. */
async function narrowToFound(
  filter: FindingConditions,
  view: FindingView,
  { now }: ConditionOptions,
): Promise<ConditionSet | null> {
  const terms = toSearchTerms(filter.q ?? "");
  const rarest = view.isTable ? await findRarest(terms) : null;
  if (rarest === null) return null;
  const options = { now, isSampleShown: await isSampleShown() };
  const rows = toFoundRows(rarest);
  const others = terms.filter((term) => term !== rarest);
  const narrowed = toConditionSet(filter, { ...view, rows, isTable: false }, { ...options, terms: others });
  const { findings, places } = await countFound(rarest, narrowed.where(), FEW + 1);
  if (places <= FEW) return { ...narrowed, counted: findings };
  // So few that they may be all, though some were found twice, are counted anew.
  return { ...toConditionSet(filter, view, options), counted: findings > MOST_COUNTED ? findings : null };
}

/** Null where no value is asked for that few have, or in the past. */
async function narrowToValue(
  filter: FindingConditions,
  view: FindingView,
  { now }: ConditionOptions,
): Promise<ConditionSet | null> {
  const rows = view.isTable ? await findRowsByValue(filter, toStatuses(filter)) : null;
  if (rows === null) return null;
  const options = { now, isSampleShown: await isSampleShown() };
  return toConditionSet(filter, { ...view, rows, isTable: false }, options);
}
