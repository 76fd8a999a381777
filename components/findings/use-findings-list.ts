"use client";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import { formatChange } from "#components/ui/numbers.ts";
import { type FindingListFilter, findingFacetsQuery, findingsHeadQuery, findingsQuery } from "#lib/client/findings.ts";
import { sampleIntervalMs, sampleQuery } from "#lib/client/sample.ts";
import type { FindingPage } from "#lib/domain/finding-page.ts";

/** The list as far as it is loaded, its facets, and whether there is news that it does not show yet. */
export function useFindingsList(filter: FindingListFilter) {
  const everyMs = sampleIntervalMs(useQuery(sampleQuery()).data);
  const list = useInfiniteQuery(findingsQuery(filter));
  const facets = useQuery(findingFacetsQuery(filter, everyMs));
  const head = useQuery(findingsHeadQuery(filter, everyMs));
  const queryClient = useQueryClient();

  const findings = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const first = list.data?.pages[0];
  const { fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError, isPlaceholderData, refetch } = list;

  // After a failure only a person asks again: the end of the list is still near, and would ask for ever.
  const mayLoad = hasNextPage && !isFetchingNextPage && !isFetchNextPageError && !isPlaceholderData;
  const loadMore = useCallback(() => {
    if (mayLoad) fetchNextPage();
  }, [mayLoad, fetchNextPage]);

  // Only the first page is asked again: the others follow when they are scrolled to.
  const showNews = useCallback(() => {
    queryClient.setQueryData(findingsQuery(filter).queryKey, (data) =>
      data ? { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) } : data,
    );
    return refetch();
  }, [queryClient, filter, refetch]);

  const news = first && head.data && !isPlaceholderData ? newsBetween(first, head.data) : null;
  const isEmpty = first?.items.length === 0;
  // Nothing can jump where nothing is.
  useEffect(() => {
    if (isEmpty && news) showNews();
  }, [isEmpty, news, showNews]);

  return {
    list,
    findings,
    facets: facets.data,
    total: first?.total,
    news: isEmpty ? null : news,
    showNews,
    loadMore,
  };
}

/** What changed between the list on screen and now, in few words; null where nothing did. */
export function newsBetween(shown: FindingPage, latest: FindingPage): string | null {
  const change = latest.total.count - shown.total.count;
  if (change > 0) return `${formatChange(change).slice(1)} new · show`;
  if (change < 0) return `${formatChange(-change).slice(1)} fewer · show`;
  return shown.items[0]?.id === latest.items[0]?.id ? null : "List has changed · show";
}
