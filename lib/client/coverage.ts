import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import type { Coverage, CoverageQuery } from "#lib/domain/coverage.ts";
import { apiGet } from "./api.ts";

/** What narrows the resources: their pages hang together by their cursors. */
export type CoverageFilter = Omit<CoverageQuery, "cursor">;

/** What is examined and what is not, with the resources that are not, page by page. */
export const coverageQuery = (filter: CoverageFilter) =>
  infiniteQueryOptions({
    queryKey: ["coverage", filter],
    queryFn: ({ pageParam, signal }) =>
      apiGet<Coverage>("/api/v1/coverage", toParams({ ...filter, cursor: pageParam }), signal),
    // A missing cursor and the first page are the same question.
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** A name that occurs twice repeats; what is not given is left out. */
function toParams(query: CoverageQuery): URLSearchParams {
  const entries = Object.entries(query).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, String(one)]),
  );
  return new URLSearchParams(entries);
}
