"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { useState } from "react";
import { Button, ButtonLink, IconButton } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { EmptyNotice, ErrorNotice } from "#components/ui/notice.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { SeverityGlyph, severityWord } from "#components/ui/severity.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { scansQuery } from "#lib/client/scans.ts";
import type { Scan, ScanRun } from "#lib/domain/scan.ts";
import type { Severity } from "#lib/domain/severity.ts";
import { DeleteScanDialog } from "./delete-scan-dialog.tsx";
import { openIn } from "./open-in.ts";
import { OpenSpark } from "./open-spark.tsx";
import { runPath, toFindingsPath } from "./scan-paths.ts";
import { ScanState } from "./scan-state.tsx";

/** A scanner knows no untriaged findings. */
const SHOWN: Severity[] = ["critical", "high", "medium", "low", "info"];

/** Whose scans may be deleted by whoever looks: every one, or those that they made; null = none. */
export type Deleter = { userName: string; mayDelete: "all" | "own" } | null;

/** Scans by name with their active findings; asked again while one runs. */
export function ScansTable({ q, deleter }: { q: string; deleter: Deleter }) {
  const { data, error, isPending, refetch } = useQuery({ ...scansQuery(q), placeholderData: keepPreviousData });
  if (isPending) return <LoadingRows />;
  if (error) {
    return (
      <ErrorNotice title="The scans did not load" text={`${error.message} Nothing was changed.`}>
        <Button onClick={() => refetch()}>Try again</Button>
      </ErrorNotice>
    );
  }
  if (data.items.length === 0 && q !== "") {
    return <EmptyNotice icon="search" title="No scan has this in its name" text="Names are compared without case." />;
  }
  if (data.items.length === 0) {
    return (
      <EmptyNotice
        icon="scans"
        title="Nothing has been scanned yet"
        text="Upload a zip of a project's source code. Its findings stand in the same list as everything else."
      >
        <ButtonLink look="main" icon="plus" href="/scans/new">
          New scan
        </ButtonLink>
      </EmptyNotice>
    );
  }
  return (
    <>
      <Table caption="Scans by name" head={<Heads hasActs={deleter !== null} />}>
        {data.items.map((scan) => (
          <ScanRow key={scan.name} scan={scan} deleter={deleter} />
        ))}
      </Table>
      {data.nextCursor ? (
        <p className="border-t border-line px-3.5 py-2 text-text-2">
          The first {data.items.length}. Filter by name to see others.
        </p>
      ) : null}
    </>
  );
}

function Heads({ hasActs }: { hasActs: boolean }) {
  return (
    <>
      <ColumnHead>Name</ColumnHead>
      <ColumnHead>Status</ColumnHead>
      {SHOWN.map((severity) => (
        <ColumnHead key={severity} side="right" className="max-md:hidden">
          <SeverityGlyph severity={severity} className="inline align-[-3px]" />
          <span className="sr-only">{severityWord(severity)}</span>
        </ColumnHead>
      ))}
      <ColumnHead side="right">Open</ColumnHead>
      <ColumnHead side="right" className="max-sm:hidden">
        Last scan
      </ColumnHead>
      <ColumnHead side="right" className="max-md:hidden">
        Revision
      </ColumnHead>
      <ColumnHead side="right" className="max-md:hidden">
        Trend
      </ColumnHead>
      {hasActs ? (
        <ColumnHead>
          <span className="sr-only">Acts</span>
        </ColumnHead>
      ) : null}
    </>
  );
}

function ScanRow({ scan, deleter }: { scan: Scan; deleter: Deleter }) {
  const run = scan.latestRun;
  return (
    <Row isInteractive>
      <RowHead className="max-w-60 truncate">
        {run ? (
          <NextLink href={runPath(run)} className="hover:underline">
            {scan.name}
          </NextLink>
        ) : (
          scan.name
        )}
        {scan.source === "sarif" ? (
          <span className="ml-2">
            <Tag>Imported</Tag>
          </span>
        ) : null}
      </RowHead>
      <Cell>{run ? <LatestState run={run} /> : null}</Cell>
      {SHOWN.map((severity) => (
        <Cell key={severity} side="right" className="max-md:hidden">
          <Count scan={scan} severity={severity} />
        </Cell>
      ))}
      <Cell side="right" className="font-semibold">
        <NextLink href={toFindingsPath({ scanName: scan.name })} className="hover:underline">
          {formatCount(openIn(scan))}
        </NextLink>
      </Cell>
      <Cell side="right" className="whitespace-nowrap text-text-2 max-sm:hidden">
        {run ? <Time at={run.createdAt} /> : null}
      </Cell>
      <Cell side="right" className="font-mono text-text-2 max-md:hidden">
        {scan.revisions}
      </Cell>
      <Cell side="right" className="max-md:hidden">
        <OpenSpark history={scan.history} />
      </Cell>
      {deleter ? (
        <Cell side="right">
          {deleter.mayDelete === "all" || deleter.userName === scan.owner ? <ScanActs scan={scan} /> : null}
        </Cell>
      ) : null}
    </Row>
  );
}

function LatestState({ run }: { run: ScanRun }) {
  if (run.state !== "failed") return <ScanState run={run} />;
  return (
    <span className="inline-flex items-center gap-2 align-middle">
      <ScanState run={run} />
      <NextLink href={runPath(run)} className="link" title={run.error ? visibleText(run.error.message) : undefined}>
        why<span className="sr-only"> {run.name} failed</span>
      </NextLink>
    </span>
  );
}

function ScanActs({ scan }: { scan: Scan }) {
  const [isDeleting, setIsDeleting] = useState(false);
  return (
    <>
      <Menu trigger={<IconButton icon="more" label={`Acts on ${scan.name}`} size="small" />}>
        <MenuItem icon="close" onSelect={() => setIsDeleting(true)}>
          Delete
        </MenuItem>
      </Menu>
      {isDeleting ? <DeleteScanDialog scan={scan} onClose={() => setIsDeleting(false)} /> : null}
    </>
  );
}

function Count({ scan, severity }: { scan: Scan; severity: Severity }) {
  const count = scan.open[severity] ?? 0;
  if (count === 0) return <span className="text-text-3">0</span>;
  return (
    <NextLink href={toFindingsPath({ scanName: scan.name, severity })} className="hover:underline">
      {formatCount(count)}
    </NextLink>
  );
}

function LoadingRows() {
  return (
    <div aria-busy="true" role="status">
      <span className="sr-only">Loading scans</span>
      {Array.from({ length: 6 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike
        <div key={row} className="flex h-(--size-row) items-center gap-6 border-t border-line px-3.5">
          <Skeleton width="160px" />
          <Skeleton width="96px" />
          <Skeleton width="64px" />
        </div>
      ))}
    </div>
  );
}
