"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Block } from "#components/ui/block.tsx";
import { Button, ButtonLink, DownloadLink } from "#components/ui/button.tsx";
import { ErrorNotice } from "#components/ui/notice.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { scanDifferenceQuery, scanFilePath } from "#lib/client/scans.ts";
import type { ScanRun } from "#lib/domain/scan.ts";
import type { FindingChange, ScanDifference } from "#lib/domain/scan-difference.ts";
import { ChangedFindings } from "./changed-findings.tsx";
import { GateVerdict } from "./gate-verdict.tsx";
import { runPath, toFindingsPath } from "./scan-paths.ts";

const CHANGES: FindingChange[] = ["new", "fixed", "unchanged"];

/** What this revision changed, the gate's verdict on it, each finding, and the result as a file. */
export function RunDifference({ run }: { run: ScanRun }) {
  const { data: difference, error, refetch } = useQuery(scanDifferenceQuery(run));
  if (error && !difference) {
    return (
      <ErrorNotice title="The difference did not load" text={error.message}>
        <Button onClick={() => refetch()}>Try again</Button>
      </ErrorNotice>
    );
  }
  return (
    <Block
      title="Difference"
      note={difference ? <Against difference={difference} /> : null}
      actions={<Files run={run} />}
      flush
    >
      {difference ? <Changes difference={difference} /> : <Loading />}
    </Block>
  );
}

function Against({ difference: { run, against } }: { difference: ScanDifference }) {
  if (against === null) return "The first revision: everything in it is new";
  return (
    <>
      against{" "}
      <NextLink href={runPath({ name: run.name, runId: against.runId })} className="link">
        revision {against.revision}
      </NextLink>
    </>
  );
}

function Files({ run }: { run: ScanRun }) {
  return (
    <>
      <DownloadLink size="small" href={scanFilePath(run, "sarif")}>
        SARIF
      </DownloadLink>
      <DownloadLink size="small" href={scanFilePath(run, "json")}>
        JSON
      </DownloadLink>
      <DownloadLink size="small" href={scanFilePath(run, "csv")}>
        CSV
      </DownloadLink>
    </>
  );
}

function Changes({ difference }: { difference: ScanDifference }) {
  const isClean = difference.new.count + difference.unchanged.count === 0;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 px-3.5 pb-3">
        {CHANGES.map((change) => (
          <Figure key={change} change={change} count={difference[change].count} />
        ))}
        <Shares difference={difference} />
      </div>
      <GateVerdict run={difference.run} />
      {isClean ? (
        <p className="border-t border-line px-3.5 py-3 text-text-2">
          Nothing is open: every file that was scanned came out clean. What was left out is listed below, if anything
          was.
        </p>
      ) : null}
      {CHANGES.map((change) => (
        <ChangedFindings key={change} change={change} difference={difference} />
      ))}
      <p className="border-t border-line px-3.5 py-2.5">
        <ButtonLink size="small" href={toFindingsPath({ scanName: difference.run.name })}>
          Show what is open today in the list
        </ButtonLink>
      </p>
    </>
  );
}

const TONES: Record<FindingChange, string> = { new: "text-bad-text", fixed: "text-ok-text", unchanged: "text-text" };

function Figure({ change, count }: { change: FindingChange; count: number }) {
  const words = (
    <>
      <span className={`text-30 font-semibold ${count > 0 ? TONES[change] : "text-text-3"}`}>{formatCount(count)}</span>
      <span>{change}</span>
    </>
  );
  if (count === 0) return <span className="inline-flex items-baseline gap-2">{words}</span>;
  return (
    <a href={`#${change}`} className="inline-flex items-baseline gap-2 hover:underline">
      {words}
    </a>
  );
}

const FILLS: Record<FindingChange, string> = { new: "bg-bad", fixed: "bg-ok", unchanged: "bg-line-2" };

/** The three figures as lengths; the figures themselves are the text. */
function Shares({ difference }: { difference: ScanDifference }) {
  const parts = (["new", "unchanged", "fixed"] as const).filter((change) => difference[change].count > 0);
  return (
    <span aria-hidden="true" className="ml-auto flex h-2 w-60 gap-0.5 max-md:ml-0 max-md:w-full">
      {parts.map((change) => (
        <span
          key={change}
          className={`min-w-1 rounded-xs ${FILLS[change]}`}
          style={{ flexGrow: difference[change].count }}
        />
      ))}
    </span>
  );
}

function Loading() {
  return (
    <div aria-busy="true" role="status" className="grid gap-3 px-3.5 pb-3.5">
      <span className="sr-only">Loading the difference</span>
      <Skeleton width="240px" />
      <Skeleton width="100%" />
      <Skeleton width="100%" />
    </div>
  );
}
