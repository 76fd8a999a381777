"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { Icon } from "#components/ui/icon.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { freshnessQuery } from "#lib/client/freshness.ts";
import type { Freshness } from "#lib/domain/freshness.ts";

// Fetched when it is first opened, as all that opens is.
const FreshnessLedger = dynamic(() => import("./freshness-ledger.tsx").then((module) => module.FreshnessLedger), {
  ssr: false,
});

/** "Data as of 06:12 UTC · 2 late"; opens the ledger of every place that is read. */
export function FreshnessIndicator() {
  const { data, error } = useQuery(freshnessQuery());
  if (error && !data) {
    return (
      <span role="status" className="flex items-center gap-1.5 text-12 text-text-2">
        <Icon name="warn" />
        How old the data is, is not known
      </span>
    );
  }
  if (!data) {
    return (
      <span className="w-36 max-md:w-16" aria-hidden="true">
        <Skeleton width="100%" />
      </span>
    );
  }
  return (
    <Popover
      title="How fresh the data is"
      trigger={
        <button
          type="button"
          className="touch-target flex h-(--size-control) items-center gap-[7px] rounded-md px-1.5 text-12 whitespace-nowrap text-text-2 hover:bg-text/6"
        >
          <Summary freshness={data} />
        </button>
      }
    >
      <FreshnessLedger freshness={data} />
    </Popover>
  );
}

function Summary({ freshness: { asOf, late, scopes } }: { freshness: Freshness }) {
  if (scopes.length === 0) return <>Nothing is read yet</>;
  return (
    <>
      <Icon name={late > 0 ? "warn" : "check"} />
      {asOf ? (
        <span>
          <span className="max-md:sr-only">Data as of </span>
          <Time at={asOf} format="as-of" className="font-medium text-text" />
        </span>
      ) : (
        <span>No whole pass yet</span>
      )}
      {late > 0 ? <Tag tone="warn">{late} late</Tag> : null}
    </>
  );
}
