import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { toSearchParams } from "#lib/domain/filter-text.ts";
import type { FindingPage } from "#lib/domain/finding-page.ts";
import { FINDING_STATUSES } from "#lib/domain/finding-words.ts";
import type { Fix, FixesQuery, FixPage } from "#lib/domain/fix.ts";
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

/** Whatever became of what a fix closes: its findings that were fixed since a day, as query text of the list. */
export function fixedByFix({ filter }: Pick<Fix, "filter">, since: string): URLSearchParams {
  const query = new URLSearchParams(filter);
  query.set("status", FINDING_STATUSES.join(","));
  query.set("movement", "fixed");
  query.set("movedFrom", since);
  return query;
}

/** How many of a fix's findings were fixed since a day. */
export const fixProgressQuery = (fix: Pick<Fix, "filter">, since: string) =>
  queryOptions({
    queryKey: ["fixes", "progress", fix.filter, since],
    queryFn: async ({ signal }) => {
      const query = fixedByFix(fix, since);
      query.set("limit", "1");
      return (await apiGet<FindingPage>("/api/v1/findings", query, signal)).total;
    },
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
