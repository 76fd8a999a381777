"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "#components/ui/button.tsx";
import { EmptyNotice, ErrorNotice } from "#components/ui/notice.tsx";
import { ApiError } from "#lib/client/api.ts";
import { type FindingListFilter, findingGroupsQuery } from "#lib/client/findings.ts";
import type { GroupKey } from "#lib/domain/finding-groups.ts";
import { FindingsSkeleton } from "./findings-skeleton.tsx";
import { GroupRow } from "./group-row.tsx";
import { GROUP_WORDS } from "./group-words.ts";
import type { ListTriage } from "./triage/use-list-triage.tsx";

type GroupListProps = {
  filter: FindingListFilter;
  by: GroupKey;
  onOpen: (id: string) => void;
  onAct: ListTriage["startAboutAll"] | null;
};

/** The findings of the filter by what they have in common, the worst group first; each opens where it stands. */
export function GroupList({ filter, by, onOpen, onAct }: GroupListProps) {
  const { data, error, isPending, isFetching, hasNextPage, refetch, fetchNextPage } = useInfiniteQuery(
    findingGroupsQuery(filter, by),
  );
  const words = GROUP_WORDS[by];
  if (isPending) return <FindingsSkeleton />;
  if (error && !data)
    return (
      <ErrorNotice
        title="The groups did not load"
        text={`${error.message} Nothing was changed, and your filters are kept.`}
        reference={error instanceof ApiError ? error.reference : null}
      >
        <Button look="main" icon="refresh" busy={isFetching} onClick={() => refetch()}>
          Try again
        </Button>
      </ErrorNotice>
    );
  const groups = data.pages.flatMap(({ items }) => items);
  if (groups.length === 0)
    return (
      <EmptyNotice
        icon="filter"
        title={`No finding here has a ${words.one}`}
        text="Group by something else, or take a filter away."
      />
    );
  return (
    <div className="min-h-0 flex-1 border-t border-line md:overflow-y-auto" aria-busy={isFetching}>
      <ul aria-label={`Findings by ${words.one}`} className="divide-y divide-line">
        {groups.map((group) => (
          <GroupRow
            key={JSON.stringify(group.conditions)}
            group={group}
            filter={filter}
            onOpen={onOpen}
            onAct={onAct}
          />
        ))}
      </ul>
      {hasNextPage ? (
        <div className="flex justify-center border-t border-line py-2">
          <Button size="small" busy={isFetching} onClick={() => fetchNextPage()}>
            More {words.many}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
