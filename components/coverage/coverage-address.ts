import type { CoverageFilter } from "#lib/client/coverage.ts";
import { readValues } from "#lib/domain/filter-values.ts";

const NAMES = ["reason", "resourceType", "accountId", "team"] as const;
export type CoverageCondition = (typeof NAMES)[number];

type Written = Partial<Record<string, string | string[] | null | undefined>>;

const PAGE_ROWS = 100;
const MOST_LETTERS = 200;

/** Reads the page's address, the same way on the server and in the browser. What cannot be understood is left out. */
export function readCoverageAddress(written: Written): CoverageFilter {
  const read = (name: CoverageCondition) =>
    readValues(written[name] ?? [], (word) => word.length <= MOST_LETTERS) ?? [];
  const [reason, resourceType, accountId] = [read("reason"), read("resourceType"), read("accountId")];
  return { reason, resourceType, accountId, team: read("team"), region: [], limit: PAGE_ROWS };
}

/** The page with these conditions, or with all of it; what is empty is left out. */
export function coverageAddress(conditions: Partial<Record<CoverageCondition, string>> = {}): string {
  const query = new URLSearchParams(Object.entries(conditions).filter(([, value]) => value !== ""));
  // A comma parts values and needs no escape: the address stays readable.
  return query.size > 0 ? `/coverage?${String(query).replaceAll("%2C", ",")}` : "/coverage";
}
