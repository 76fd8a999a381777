"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Block } from "#components/ui/block.tsx";
import { countOf, formatCount } from "#components/ui/numbers.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { scanQuery } from "#lib/client/scans.ts";
import type { ScanRun } from "#lib/domain/scan.ts";
import { runPath } from "./scan-paths.ts";
import { ScanState } from "./scan-state.tsx";

/** Every revision of the scan side by side, the newest first, with what each brought. */
export function RunRevisions({ run }: { run: ScanRun }) {
  const { data: scan } = useQuery(scanQuery(run.name));
  if (!scan || scan.runs.length < 2) return null;
  return (
    <Block title="Revisions" note={countOf(scan.revisions, "revision")} flush>
      <ScrollRegion label="Revisions" className="max-h-80 overflow-y-auto">
        <Table
          caption="Revisions, the newest first"
          head={
            <>
              <ColumnHead>Revision</ColumnHead>
              <ColumnHead>Status</ColumnHead>
              <ColumnHead side="right">New</ColumnHead>
              <ColumnHead side="right">Fixed</ColumnHead>
              <ColumnHead side="right">Unchanged</ColumnHead>
              <ColumnHead side="right" className="max-sm:hidden">
                Scanned
              </ColumnHead>
            </>
          }
        >
          {scan.runs.map((one) => (
            <RevisionRow key={one.runId} run={one.runId === run.runId ? run : one} isShown={one.runId === run.runId} />
          ))}
        </Table>
      </ScrollRegion>
    </Block>
  );
}

function RevisionRow({ run, isShown }: { run: ScanRun; isShown: boolean }) {
  return (
    <Row isInteractive className={isShown ? "bg-accent-soft" : undefined}>
      <RowHead className="font-mono">
        {isShown ? (
          <span aria-current="page">{run.revision}</span>
        ) : (
          <NextLink href={runPath(run)} prefetch={false} className="link">
            <span className="sr-only">Revision </span>
            {run.revision}
          </NextLink>
        )}
      </RowHead>
      <Cell>
        <ScanState run={run} />
      </Cell>
      <Count count={run.counts?.new} />
      <Count count={run.counts?.closed} />
      <Count count={run.counts?.unchanged} />
      <Cell side="right" className="whitespace-nowrap text-text-2 max-sm:hidden">
        <Time at={run.createdAt} />
      </Cell>
    </Row>
  );
}

function Count({ count }: { count: number | undefined }) {
  return (
    <Cell side="right" className={count ? "" : "text-text-3"}>
      {count === undefined ? <span title="The run has no result">–</span> : formatCount(count)}
    </Cell>
  );
}
