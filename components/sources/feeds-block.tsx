"use client";
import { useQuery } from "@tanstack/react-query";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorNotice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { feedsQuery } from "#lib/client/feeds.ts";
import { FeedLine } from "./feed-line.tsx";

/** The public lists about vulnerabilities: whether they are imported, of which day, and what keeps them from it. */
export function FeedsBlock({ canChange }: { canChange: boolean }) {
  return (
    <Block title="Public vulnerability data" note="Read once a day when it is on; nothing is sent" flush>
      <Feeds canChange={canChange} />
    </Block>
  );
}

function Feeds({ canChange }: { canChange: boolean }) {
  const { data, error, refetch } = useQuery(feedsQuery());
  if (error) {
    return (
      <ErrorNotice title="The lists did not load" text={`${error.message} Nothing was changed.`}>
        <Button onClick={() => refetch()}>Try again</Button>
      </ErrorNotice>
    );
  }
  if (!data) {
    return (
      <div className="grid gap-3 p-3.5" aria-busy="true">
        <Skeleton width="60%" />
        <Skeleton width="50%" />
      </div>
    );
  }
  return (
    <ul className="divide-y divide-line border-t border-line">
      {data.items.map((feed) => (
        <FeedLine key={feed.name} feed={feed} canChange={canChange} />
      ))}
    </ul>
  );
}
