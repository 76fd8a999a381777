import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ExportColumn } from "#lib/domain/export-columns.ts";
import { toSearchParams } from "#lib/domain/filter-text.ts";
import type { FindingFilter } from "#lib/domain/finding-filter.ts";
import type { FindingGroupPage, GroupKey } from "#lib/domain/finding-groups.ts";
import type { FindingFacets, FindingPage, FindingWithDetail } from "#lib/domain/finding-page.ts";
import type { ListColumns } from "#lib/domain/list-columns.ts";
import type { SuggestedField, Suggestions } from "#lib/domain/suggestion.ts";
import { apiGet, apiSend } from "./api.ts";

/** A list to walk: its pages hang together by their cursors. */
export type FindingListFilter = Omit<FindingFilter, "cursor">;

const PATH = "/api/v1/findings";
const SUGGESTED_MS = 60_000;

/** The list, page by page. It is not asked again by itself: rows stay where they are until a person wants news. */
export const findingsQuery = (filter: FindingListFilter) =>
  infiniteQueryOptions({
    queryKey: ["findings", "list", filter],
    queryFn: ({ pageParam, signal }) =>
      apiGet<FindingPage>(PATH, toSearchParams({ ...filter, cursor: pageParam }), signal),
    // A missing cursor and the first page are the same question.
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

/** How many match now, and which is first: tells whether the list that is on screen is still the latest. */
export const findingsHeadQuery = (filter: FindingListFilter, everyMs: number) =>
  queryOptions({
    queryKey: ["findings", "head", filter],
    queryFn: ({ signal }) => apiGet<FindingPage>(PATH, toSearchParams({ ...filter, limit: 1 }), signal),
    refetchInterval: everyMs,
    staleTime: 0,
  });

/** For each facet its values with how many match all *other* conditions. */
export const findingFacetsQuery = (filter: FindingListFilter, everyMs: number) =>
  queryOptions({
    queryKey: ["findings", "facets", toConditions(filter)],
    queryFn: ({ signal }) => apiGet<FindingFacets>(`${PATH}/facets`, toSearchParams(toConditions(filter)), signal),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  });

const LOADING_CODE_MS = 2_000;

/** One finding with everything its source said. While its code is on the way it is asked again. */
export const findingQuery = (id: string) =>
  queryOptions({
    queryKey: ["findings", "detail", id],
    queryFn: ({ signal }) => apiGet<FindingWithDetail>(`${PATH}/${id}`, new URLSearchParams(), signal),
    refetchInterval: (query) => (query.state.data?.codeState === "loading" ? LOADING_CODE_MS : false),
  });

export type ExportFormat = "csv" | "jsonl" | "sarif";

/** Exactly the list as a file; of CSV, with these columns. */
export function findingsFileAddress(
  filter: FindingListFilter,
  format: ExportFormat,
  columns: readonly ExportColumn[] = [],
): string {
  const params = toSearchParams({ ...filter, limit: undefined });
  if (columns.length > 0) params.set("columns", columns.join(","));
  return `${PATH}.${format}?${params}`;
}

function toConditions({ sort: _sort, limit: _limit, ...conditions }: FindingListFilter) {
  return conditions;
}

/** Groups of findings, page by page, the one with the worst finding first. */
export const findingGroupsQuery = (filter: FindingListFilter, by: GroupKey) =>
  infiniteQueryOptions({
    queryKey: ["findings", "groups", by, toConditions(filter)],
    queryFn: ({ pageParam, signal }) => {
      const params = toSearchParams({ ...toConditions(filter), cursor: pageParam });
      params.set("by", by);
      return apiGet<FindingGroupPage>(`${PATH}/groups`, params, signal);
    },
    // A missing cursor and the first page are the same question.
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Values that a filter can have, as they are typed; without a field, of whatever has such a name. */
export const suggestionsQuery = (q: string, field: SuggestedField | undefined) =>
  queryOptions({
    queryKey: ["findings", "suggestions", field, q],
    queryFn: ({ signal }) =>
      apiGet<Suggestions>(
        `${PATH}/suggestions`,
        new URLSearchParams({ q, ...(field !== undefined && { field }) }),
        signal,
      ),
    placeholderData: keepPreviousData,
    staleTime: SUGGESTED_MS,
  });

/** The columns of one's own lists; none = the usual ones. */
export const listColumnsQuery = () =>
  queryOptions({
    queryKey: ["list-columns"],
    queryFn: ({ signal }) => apiGet<ListColumns>(`${PATH}/columns`, new URLSearchParams(), signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const chooseListColumns = (chosen: ListColumns) => apiSend("PUT", `${PATH}/columns`, chosen);
