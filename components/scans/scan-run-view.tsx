"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Block, Page } from "#components/ui/block.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Banner, ErrorNotice } from "#components/ui/notice.tsx";
import { formatBytes } from "#components/ui/numbers.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { cancelScanRun, isUnderWay, retryScanRun, scanRunQuery } from "#lib/client/scans.ts";
import type { ScanRun } from "#lib/domain/scan.ts";
import { HeldNote } from "./import/held-note.tsx";
import { RunDifference } from "./run-difference.tsx";
import { RunRevisions } from "./run-revisions.tsx";
import { RunStages } from "./run-stages.tsx";
import { IMPORT_PATH } from "./scan-paths.ts";
import { ScanState } from "./scan-state.tsx";
import { SkippedFiles } from "./skipped-files.tsx";

/** One run from its first byte to its findings; it follows the run until it has ended. */
export function ScanRunView({ name, runId }: { name: string; runId: string }) {
  const { data: run, error, refetch } = useQuery(scanRunQuery(name, runId));
  if (error && !run) {
    return (
      <ErrorNotice heading="h1" title="The run did not load" text={error.message}>
        <Button onClick={() => refetch()}>Try again</Button>
        <ButtonLink href="/scans">All scans</ButtonLink>
      </ErrorNotice>
    );
  }
  return (
    <Page
      title={name}
      text={run ? <Heading run={run} /> : <Skeleton width="208px" />}
      actions={run ? <Actions run={run} /> : null}
    >
      <div className="grid gap-4">{run ? <Content run={run} /> : <Skeleton width="100%" />}</div>
    </Page>
  );
}

function Heading({ run }: { run: ScanRun }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <ScanState run={run} />
      {run.source === "sarif" ? <Tag>Imported</Tag> : null}
      <span>
        Revision <span className="font-mono">{run.revision}</span>
      </span>
      <Time at={run.createdAt} />
      {run.sizeBytes === null ? null : <span>{formatBytes(run.sizeBytes)}</span>}
      {run.createdBy ? <span>by {run.createdBy}</span> : null}
    </span>
  );
}

function Content({ run }: { run: ScanRun }) {
  if (isUnderWay(run)) return <RunStages run={run} />;
  return (
    <>
      {run.error ? (
        <Banner kind={run.state === "cancelled" ? "note" : "error"}>{visibleText(run.error.message)}</Banner>
      ) : null}
      {run.state === "succeeded" && run.source === "sarif" ? <HeldNote name={run.name} /> : null}
      {run.state === "succeeded" ? <RunDifference run={run} /> : null}
      {run.skippedFiles.length > 0 ? (
        <Block title="Left out" note="Not part of the result: nobody should take these for clean." flush>
          <SkippedFiles files={run.skippedFiles} />
        </Block>
      ) : null}
      <RunRevisions run={run} />
    </>
  );
}

function Actions({ run }: { run: ScanRun }) {
  const client = useQueryClient();
  const toast = useToast();
  const act = useMutation({
    mutationFn: (change: (target: ScanRun) => Promise<ScanRun>) => change(run),
    onSuccess: () => client.invalidateQueries({ queryKey: ["scans"] }),
    onError: (error) => toast.failed(error.message),
  });
  if (isUnderWay(run)) {
    return (
      <Button onClick={() => act.mutate(cancelScanRun)} busy={act.isPending}>
        Cancel
      </Button>
    );
  }
  return (
    <>
      {run.error?.isRetryable ? (
        <Button icon="refresh" onClick={() => act.mutate(retryScanRun)} busy={act.isPending}>
          Scan again
        </Button>
      ) : null}
      {run.source === "sarif" ? (
        <ButtonLink look="main" icon="upload" href={IMPORT_PATH}>
          Import a report
        </ButtonLink>
      ) : (
        <ButtonLink look="main" icon="plus" href="/scans/new">
          New scan
        </ButtonLink>
      )}
    </>
  );
}
