"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { Page } from "#components/ui/block.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { EmptyNotice, ErrorNotice } from "#components/ui/notice.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { ApiError } from "#lib/client/api.ts";
import { noteVisit, overviewQuery } from "#lib/client/overview.ts";
import { sampleQuery } from "#lib/client/sample.ts";
import { useTeam, useTeamNames } from "#lib/client/use-team.ts";
import type { Overview } from "#lib/domain/overview.ts";
import { OverviewSkeleton } from "./overview-skeleton.tsx";
import { OverviewTiles } from "./overview-tiles.tsx";
import { SeverityMatrix } from "./severity-matrix.tsx";

/**
 * Where everything stands this morning, or what teams have of it. `overdue`, `worst`, `fixes`, `notScanned`, `freshness`,
 * `due` and `scans` are told by their own nouns.
 */
export function OverviewView(props: {
  overdue: ReactNode;
  worst: ReactNode;
  fixes: ReactNode;
  notScanned: ReactNode;
  freshness: ReactNode;
  due: ReactNode;
  scans: ReactNode;
}) {
  const { data, error, dataUpdatedAt, isFetching, isPlaceholderData, refetch } = useQuery(overviewQuery(useTeam()));
  const names = useTeamNames();
  // Each time the numbers are new, they are seen. It is not asked again when it fails: the next minute does.
  useEffect(() => {
    if (dataUpdatedAt > 0) noteVisit().catch(() => undefined);
  }, [dataUpdatedAt]);
  return (
    <Page
      title="Overview"
      text={
        <>
          {names === null ? null : <UntrustedText text={`${names}. `} className="font-medium text-text" />}
          {data && data.asOf !== null ? <Since since={data.since} /> : "Where everything stands"}
        </>
      }
    >
      {data ? (
        <div aria-busy={isPlaceholderData} className="transition-opacity aria-busy:opacity-60">
          <Content overview={data} {...props} />
        </div>
      ) : null}
      {!data && !error ? <OverviewSkeleton /> : null}
      {!data && error ? (
        <ErrorNotice
          title="The overview did not load"
          text={`${error.message} Nothing was changed.`}
          reference={error instanceof ApiError ? error.reference : null}
        >
          <Button look="main" icon="refresh" busy={isFetching} onClick={() => refetch()}>
            Try again
          </Button>
        </ErrorNotice>
      ) : null}
    </Page>
  );
}

function Since({ since }: { since: Overview["since"] }) {
  return (
    <>
      {since.kind === "visit" ? "Since your last visit, " : "In the last 7 days, since "}
      <Time at={since.at} format={since.kind === "visit" ? "relative" : "as-of"} />
    </>
  );
}

function Content(props: { overview: Overview } & Parameters<typeof OverviewView>[0]) {
  const { overview, overdue, worst, fixes, notScanned, freshness, due, scans } = props;
  if (overview.asOf === null) return <NothingYet />;
  return (
    <div className="grid gap-4">
      <OverviewTiles overview={overview} overdue={overdue} notScanned={notScanned} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.28fr)_minmax(0,1fr)]">
        <div className="grid gap-4">
          {worst}
          {fixes}
        </div>
        <div className="grid gap-4">
          <SeverityMatrix overview={overview} />
          {due}
          {scans}
        </div>
      </div>
      {freshness}
    </div>
  );
}

function NothingYet() {
  const { data: sample } = useQuery(sampleQuery());
  if (sample?.state === "replaying") {
    return (
      <EmptyNotice
        icon="ring"
        title="The first findings are on their way"
        text="The sample organisation is being read. Its year comes in week by week, and this page with it."
      />
    );
  }
  return (
    <EmptyNotice
      icon="findings"
      title="Nothing is read yet"
      text="Connect an AWS account and its Amazon Inspector findings come in by themselves, or upload a zip of source code and have it scanned here."
    >
      <ButtonLink look="main" icon="plus" href="/settings/sources">
        Connect AWS
      </ButtonLink>
      <ButtonLink icon="upload" href="/scans/new">
        Scan a zip
      </ButtonLink>
    </EmptyNotice>
  );
}
