"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Block } from "#components/ui/block.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { EmptyNotice } from "#components/ui/notice.tsx";
import { countOf, formatTotal } from "#components/ui/numbers.ts";
import { Severity } from "#components/ui/severity.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { findingsQuery } from "#lib/client/findings.ts";
import type { Finding } from "#lib/domain/finding.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { toFindingsPath } from "./scan-paths.ts";

const SHOWN = 10;

/** The worst of what is open in this scan, and the way to all of it. */
export function RunFindings({ name }: { name: string }) {
  const { data } = useInfiniteQuery(
    findingsQuery(findingFilterSchema.parse({ status: "active", scanName: name, limit: SHOWN })),
  );
  const page = data?.pages[0];
  if (!page) return null;
  if (page.items.length === 0) {
    return (
      <EmptyNotice
        icon="check"
        title="Nothing is open in this scan"
        text="Every file that was scanned came out clean. What was left out is listed below, if anything was."
      />
    );
  }
  return (
    <Block
      title="Open findings"
      note={
        page.total.count > SHOWN
          ? `The worst ${SHOWN} of ${formatTotal(page.total)}`
          : countOf(page.total.count, "finding")
      }
      flush
      actions={
        <ButtonLink size="small" href={toFindingsPath({ scanName: name })}>
          Show {formatTotal(page.total)} in the list
        </ButtonLink>
      }
    >
      <ul className="divide-y divide-line border-t border-line">
        {page.items.map((finding) => (
          <FindingLine key={finding.id} finding={finding} />
        ))}
      </ul>
    </Block>
  );
}

function FindingLine({ finding }: { finding: Finding }) {
  return (
    <li>
      <NextLink
        href={`/findings/${finding.id}`}
        className="grid grid-cols-[96px_minmax(0,1fr)] items-center gap-3 px-3.5 py-2 hover:bg-raised"
      >
        <Severity severity={finding.severity} />
        <span className="min-w-0">
          <span className="block truncate font-medium">
            <UntrustedText text={finding.title} />
          </span>
          {finding.location ? (
            <span className="block truncate font-mono text-12 text-text-3">
              <UntrustedText text={`${finding.location.path}:${finding.location.startLine}`} />
            </span>
          ) : null}
        </span>
      </NextLink>
    </li>
  );
}
