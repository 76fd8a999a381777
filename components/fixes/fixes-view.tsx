"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { Block, Page } from "#components/ui/block.tsx";
import { Button, DownloadLink } from "#components/ui/button.tsx";
import { CountedLink } from "#components/ui/counted-link.tsx";
import { EmptyNotice, ErrorNotice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ApiError } from "#lib/client/api.ts";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { fixesFileAddress, fixesQuery } from "#lib/client/fixes.ts";
import type { Fix } from "#lib/domain/fix.ts";
import { FixRow } from "./fix-row.tsx";
import { fixKey } from "./fix-words.tsx";
import { readFixesAddress } from "./fixes-address.ts";

/** The changes that close the most of what is active, under `bar`, which narrows them. */
export function FixesView({ bar }: { bar: ReactNode }) {
  const filter = readFixesAddress(Object.fromEntries(useSearchParams()));
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery(fixesQuery(filter));
  const actions = <DownloadLink href={fixesFileAddress(filter)}>CSV</DownloadLink>;
  return (
    <Page title="Fixes" text="Each change with the active findings that it closes, the largest first" actions={actions}>
      <div className="-mx-3.5 -mt-2.5 mb-4 max-md:-mx-3">{bar}</div>
      {!data && error ? (
        <ErrorNotice
          title="The fixes did not load"
          text={`${error.message} Nothing was changed, and your filters are kept.`}
          reference={error instanceof ApiError ? error.reference : null}
        >
          <Button look="main" icon="refresh" busy={isFetching} onClick={() => refetch()}>
            Try again
          </Button>
        </ErrorNotice>
      ) : null}
      {!data && !error ? (
        <div aria-busy="true" className="h-96 rounded-lg border border-line p-4">
          <Skeleton width="40%" />
        </div>
      ) : null}
      {data ? (
        <FixList fixes={data.pages.flatMap(({ items }) => items)} isBusy={isFetching}>
          {hasNextPage ? (
            <div className="border-t border-line px-3.5 py-2 text-center">
              <Button size="small" busy={isFetching} onClick={() => fetchNextPage()}>
                More fixes
              </Button>
            </div>
          ) : null}
        </FixList>
      ) : null}
    </Page>
  );
}

function FixList({ fixes, isBusy, children }: { fixes: Fix[]; isBusy: boolean; children: ReactNode }) {
  const most = Math.max(1, ...fixes.map(({ findings }) => findings));
  if (fixes.length === 0)
    return (
      <EmptyNotice
        icon="check"
        title="No active finding here has a fix"
        text="Nothing that matches can be closed by an update, a rebuild or a change of code yet. Take a filter away to see more."
      />
    );
  return (
    <Block
      title="By what they close"
      actions={<CountedLink href={definitionAddress("fix-first")} of="Fix first" />}
      flush
    >
      <ol aria-busy={isBusy} className="divide-y divide-line border-t border-line">
        {fixes.map((fix) => (
          <FixRow key={fixKey(fix)} fix={fix} most={most} />
        ))}
      </ol>
      {children}
    </Block>
  );
}
