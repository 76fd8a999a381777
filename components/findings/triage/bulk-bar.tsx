"use client";
import dynamic from "next/dynamic";
import { Boundary, NotShown } from "#components/ui/boundary.tsx";
import { formatCount, formatTotal } from "#components/ui/numbers.ts";
import type { FindingPage } from "#lib/domain/finding-page.ts";
import type { BulkToolsProps } from "./bulk-tools.tsx";

const BulkTools = dynamic(() => import("./bulk-tools.tsx").then((module) => module.BulkTools), { ssr: false });

type BulkBarProps = Omit<BulkToolsProps, "words" | "all"> & { total: FindingPage["total"] | undefined };

/** What can be done with the selected findings. Appears with the first, and is fetched then. */
export function BulkBar({ total, ...bar }: BulkBarProps) {
  const { size, isAll } = bar.selection;
  const all = total ? formatTotal(total) : "";
  const words = isAll ? `All ${all} that match` : `${formatCount(size)} selected`;
  const isShown = size > 0 || isAll;
  const hasMore = !isAll && total !== undefined && (!total.exact || total.count > size);
  return (
    <>
      <span role="status" className="sr-only">
        {isShown ? words : "Nothing selected"}
      </span>
      {isShown ? (
        <Boundary fallback={(again) => <NotShown what="What can be done with them" onAgain={again} />}>
          <BulkTools {...bar} words={words} all={hasMore ? all : null} />
        </Boundary>
      ) : null}
    </>
  );
}
