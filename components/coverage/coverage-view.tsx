"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { Block, Page } from "#components/ui/block.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { CountedLink } from "#components/ui/counted-link.tsx";
import { EmptyNotice, ErrorNotice } from "#components/ui/notice.tsx";
import { countOf, formatCount } from "#components/ui/numbers.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { coverageQuery } from "#lib/client/coverage.ts";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { useTeamNames } from "#lib/client/use-team.ts";
import type { Coverage } from "#lib/domain/coverage.ts";
import { readCoverageAddress } from "./coverage-address.ts";
import { Shares } from "./shares.tsx";
import { UnscannedTable } from "./unscanned-table.tsx";

/** What is examined, out of what exists; each resource that is not, with the reason. */
export function CoverageView() {
  const written = Object.fromEntries(useSearchParams());
  const filter = readCoverageAddress(written);
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery(coverageQuery(filter));
  const coverage = data?.pages[0];
  const names = useTeamNames();
  return (
    <Page
      title="Coverage"
      text={
        <>
          {names === null ? null : <UntrustedText text={`${names}. `} className="font-medium text-text" />}
          {coverage ? <Summary coverage={coverage} /> : "What is scanned, out of what exists"}
        </>
      }
    >
      {!coverage && error ? (
        <ErrorNotice title="The coverage did not load" text={`${error.message} Nothing was changed.`}>
          <Button look="main" icon="refresh" busy={isFetching} onClick={() => refetch()}>
            Try again
          </Button>
        </ErrorNotice>
      ) : null}
      {!coverage && !error ? (
        <div aria-busy="true" className="h-96 rounded-lg border border-line p-4">
          <Skeleton width="30%" />
        </div>
      ) : null}
      {coverage && coverage.total.resources === 0 ? <NothingKnown /> : null}
      {coverage && data && coverage.total.resources > 0 ? (
        <div className="grid gap-4">
          <Shares coverage={coverage} filter={filter} />
          <Block
            title="Not scanned"
            actions={<CountedLink href={definitionAddress("not-scanned")} of="Not scanned" />}
            flush
          >
            <UnscannedTable resources={data.pages.flatMap(({ items }) => items)} />
            {hasNextPage ? (
              <div className="border-t border-line px-3.5 py-2 text-center">
                <Button size="small" busy={isFetching} onClick={() => fetchNextPage()}>
                  Show more
                </Button>
              </div>
            ) : null}
          </Block>
        </div>
      ) : null}
    </Page>
  );
}

function Summary({ coverage: { total, asOf } }: { coverage: Coverage }) {
  return (
    <>
      {formatCount(total.notScanned)} of {countOf(total.resources, "resource")} are not scanned
      {asOf ? (
        <>
          , as of <Time at={asOf} format="as-of" />
        </>
      ) : null}
    </>
  );
}

function NothingKnown() {
  return (
    <EmptyNotice
      icon="coverage"
      title="No resource is known yet"
      text="Inspector tells what it scans with the first whole pass over an account."
    >
      <ButtonLink look="main" icon="plus" href="/settings/sources">
        Connect AWS
      </ButtonLink>
    </EmptyNotice>
  );
}
