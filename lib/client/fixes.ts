import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { toSearchParams } from "#lib/domain/filter-text.ts";
import type { FixesQuery, FixPage } from "#lib/domain/fix.ts";
import { apiGet } from "./api.ts";
import type { FindingListFilter } from "./findings.ts";

const PATH = "/api/v1/fixes";

/** What narrows the findings that fixes close: their pages hang together by their cursors. */
export type FixesFilter = Omit<FixesQuery, "cursor">;

/** The changes that close the most of what matches, page by page, most first. */
export const fixesQuery = (filter: FixesFilter) =>
  infiniteQueryOptions({
    queryKey: ["fixes", filter],
    queryFn: ({ pageParam, signal }) => apiGet<FixPage>(PATH, toSearchParams({ ...filter, cursor: pageParam }), signal),
    // A missing cursor and the first page are the same question.
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** The page of the fixes of what is active of a list. */
export function fixesAddress({
  status: _status,
  "-status": _left,
  asOf: _asOf,
  sort: _sort,
  ...filter
}: FindingListFilter) {
  const query = toSearchParams({ ...filter, limit: undefined });
  return query.size > 0 ? `/findings/fixes?${query}` : "/findings/fixes";
}

/** The same fixes as a file. */
export const fixesFileAddress = (filter: FixesFilter): string =>
  `${PATH}.csv?${toSearchParams({ ...filter, limit: undefined })}`;
