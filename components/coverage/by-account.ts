import { shortenMiddle } from "#components/ui/numbers.ts";
import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding-words.ts";
import type { FreshnessScope } from "#lib/domain/freshness.ts";

/** An account by its name where one is known; what the scanner here finds belongs to no account of AWS. */
export const accountName = (scope: Pick<FreshnessScope, "accountId" | "accountName">): string =>
  scope.accountId === INSTALLATION_ACCOUNT_ID
    ? "This installation"
    : (scope.accountName ?? shortenMiddle(scope.accountId));

/** The places of each account in the same order, accounts by name. */
export function byAccount(scopes: FreshnessScope[]): { accountId: string; name: string; scopes: FreshnessScope[] }[] {
  const groups = Map.groupBy(scopes, ({ accountId }) => accountId);
  return [...groups]
    .flatMap(([accountId, places]) => {
      const [first] = places;
      const sorted = [...places].sort((one, other) => (placeKey(one) < placeKey(other) ? -1 : 1));
      return first ? [{ accountId, name: accountName(first), scopes: sorted }] : [];
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

const placeKey = ({ source, region }: FreshnessScope): string => `${source} ${region}`;
