import type { CoverageFilter } from "#lib/client/coverage.ts";
import { coverageQuerySchema } from "#lib/domain/coverage.ts";

const NAMES = ["reason", "resourceType", "accountId"] as const;
export type CoverageCondition = (typeof NAMES)[number];

type Written = Partial<Record<string, string | string[] | null | undefined>>;

const PAGE_ROWS = 100;

/** Reads the page's address, the same way on the server and in the browser. What cannot be understood is left out. */
export function readCoverageAddress(written: Written): CoverageFilter {
  const kept = NAMES.filter((name) => coverageQuerySchema.shape[name].safeParse(written[name] ?? undefined).success);
  const { cursor: _first, ...filter } = coverageQuerySchema.parse({
    ...Object.fromEntries(kept.map((name) => [name, written[name] ?? undefined])),
    limit: PAGE_ROWS,
  });
  return filter;
}

/** The page with one condition, or with all of it. */
export function coverageAddress(condition: Partial<Record<CoverageCondition, string>> = {}): string {
  const query = new URLSearchParams(condition);
  return query.size > 0 ? `/coverage?${query}` : "/coverage";
}
