import { toSearchParams } from "#lib/domain/filter-text.ts";
import type { FindingFilter } from "#lib/domain/finding-filter.ts";
import type { TrendScope } from "#lib/domain/trends.ts";

/** The list of what is open under these conditions: now, or as of a moment. */
export function openListAddress(scope: Partial<TrendScope>, conditions: Partial<FindingFilter> = {}): string {
  return `/findings?${toSearchParams({ status: ["active"], ...scope, ...conditions })}`;
}

/** A page that is narrowed to teams as this one is. */
export const withTeam = (address: string, team: string[]): string =>
  team.length > 0 ? `${address}?team=${team.join(",")}` : address;

/** The list of what moved in [movedFrom, movedTo), whatever became of it since. */
export function movedListAddress(
  scope: Partial<TrendScope>,
  moved: Partial<Pick<FindingFilter, "movement" | "moved" | "movedFrom" | "movedTo">>,
): string {
  return `/findings?${toSearchParams({ status: ["active", "suppressed", "closed"], ...scope, ...moved })}`;
}

/** The list of what the issues have that were fixed in [issueFixedFrom, issueFixedTo), as of a moment. */
export function fixedListAddress(
  { severity, source, type, accountId, team }: TrendScope,
  fixed: Pick<FindingFilter, "issueFixedFrom" | "issueFixedTo" | "asOf">,
): string {
  const status: FindingFilter["status"] = ["active", "suppressed", "closed"];
  return `/findings?${toSearchParams({ status, severity, source, type, accountId, team, ...fixed })}`;
}
