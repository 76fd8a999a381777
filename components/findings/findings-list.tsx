"use client";
import { type UseInfiniteQueryResult, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { Boundary } from "#components/ui/boundary.tsx";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { ErrorNotice } from "#components/ui/notice.tsx";
import { steadyUntil } from "#components/ui/steady-until.tsx";
import { ApiError } from "#lib/client/api.ts";
import type { Finding } from "#lib/domain/finding.ts";
import type { FindingFacets, FindingPage } from "#lib/domain/finding-page.ts";
import { type ChipWords, toChips } from "./chips.ts";
import { FindingsSkeleton } from "./findings-skeleton.tsx";
import { FindingsTable } from "./findings-table.tsx";
import type { ListTriage } from "./triage/use-list-triage.tsx";
import type { Selection } from "./triage/use-selection.ts";
import type { useFindingsAddress } from "./use-findings-address.ts";
import type { Followed } from "./use-follow.ts";
import type { ShownColumns } from "./use-list-columns.ts";
import { SORT_WORDS } from "./words.ts";

// Fetched when the list is first grouped.
const GroupList = steadyUntil(
  () => import("./group-list.tsx"),
  dynamic(() => import("./group-list.tsx").then((module) => module.GroupList), { loading: () => <FindingsSkeleton /> }),
);

const NothingFound = steadyUntil(
  () => import("./nothing-found.tsx"),
  dynamic(() => import("./nothing-found.tsx").then((module) => module.NothingFound), { loading: () => null }),
);

type Address = ReturnType<typeof useFindingsAddress>;
type FindingsListProps = {
  list: Pick<
    UseInfiniteQueryResult,
    "isPending" | "error" | "isPlaceholderData" | "isFetching" | "isFetchNextPageError" | "refetch" | "fetchNextPage"
  >;
  findings: Finding[];
  total: FindingPage["total"] | undefined;
  facets: FindingFacets | undefined;
  address: Address;
  columns: ShownColumns;
  followed: Followed;
  selection: Selection;
  leaving: ReadonlySet<string>;
  onOpen: (id: string) => void;
  onNearEnd: () => void;
  onActOnAll: ListTriage["startAboutAll"];
};

/** The list in each of its states: on its way, failed, nothing there, there. */
export function FindingsList({ viewQuery, ...list }: FindingsListProps & { viewQuery: string }) {
  return (
    <Boundary of={viewQuery} fallback={(again) => <ListNotShown onAgain={again} />}>
      <ListState {...list} />
    </Boundary>
  );
}

function ListState({
  list,
  findings,
  total,
  facets,
  address,
  columns,
  followed,
  selection,
  leaving,
  onOpen,
  onNearEnd,
  onActOnAll,
}: FindingsListProps) {
  if (address.by !== null)
    return (
      <GroupList
        filter={address.filter}
        by={address.by}
        onOpen={onOpen}
        // What was cannot be decided about.
        onAct={address.filter.asOf === undefined ? onActOnAll : null}
      />
    );
  if (list.isPending) return <FindingsSkeleton />;
  if (list.error && findings.length === 0)
    return <ListError error={list.error} isBusy={list.isFetching} onRetry={() => list.refetch()} />;
  const chips = toChips(address.filter, facets);
  if (findings.length === 0) return <NothingFound chips={chips} address={address} />;
  return (
    <div
      aria-busy={list.isPlaceholderData}
      className={classNames("flex min-h-0 flex-1 flex-col transition-opacity", list.isPlaceholderData && "opacity-60")}
    >
      <FindingsTable
        findings={findings}
        columns={columns}
        total={total?.exact ? total.count : null}
        caption={captionOf(chips, address)}
        sort={address.filter.sort}
        openId={address.openId}
        followed={followed}
        selection={selection}
        leaving={leaving}
        onOpen={onOpen}
        onSort={address.setSort}
        onNearEnd={onNearEnd}
      />
      {list.isFetchNextPageError ? (
        <MoreDidNotLoad isBusy={list.isFetching} onRetry={() => list.fetchNextPage()} />
      ) : null}
    </div>
  );
}

function captionOf(chips: ChipWords[], { filter }: Address): string {
  const words = chips.map(({ label, operator, value }) => `${label} ${operator} ${value}`);
  return `Findings${words.length > 0 ? ` where ${words.join(" and ")}` : ""}. Order: ${SORT_WORDS[filter.sort]}.`;
}

function ListError({ error, isBusy, onRetry }: { error: Error; isBusy: boolean; onRetry: () => void }) {
  return (
    <ErrorNotice
      title="The list did not load"
      text={`${error instanceof ApiError ? error.message : "The answer could not be read."} Nothing was changed, and your filters are kept.`}
      reference={error instanceof ApiError ? error.reference : null}
    >
      <Button look="main" icon="refresh" busy={isBusy} onClick={onRetry}>
        Try again
      </Button>
    </ErrorNotice>
  );
}

/** In the place of a list that cannot be drawn, whatever came for it. It is asked for anew. */
function ListNotShown({ onAgain }: { onAgain: () => void }) {
  const client = useQueryClient();
  const again = () => {
    client.removeQueries({ queryKey: ["findings"] });
    onAgain();
  };
  return (
    <ErrorNotice title="The list could not be shown" text="Nothing was changed, and your filters are kept.">
      <Button look="main" icon="refresh" onClick={again}>
        Try again
      </Button>
    </ErrorNotice>
  );
}

function MoreDidNotLoad({ isBusy, onRetry }: { isBusy: boolean; onRetry: () => void }) {
  return (
    <div role="alert" className="flex flex-wrap items-center justify-center gap-3 border-t border-line px-4 py-2">
      The rows after these did not load.
      <Button size="small" icon="refresh" busy={isBusy} onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
