"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useAddress } from "#components/ui/address.ts";
import { AsOfChoice } from "#components/ui/as-of-choice.tsx";
import { Page } from "#components/ui/block.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { NothingKnown } from "#components/ui/nothing-known.tsx";
import { Banner, EmptyNotice, ErrorNotice } from "#components/ui/notice.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { ApiError, faultAt } from "#lib/client/api.ts";
import { noteVisit, overviewQuery } from "#lib/client/overview.ts";
import { sampleQuery } from "#lib/client/sample.ts";
import { useAsOf } from "#lib/client/use-as-of.ts";
import { useTeam, useTeamNames } from "#lib/client/use-team.ts";
import type { Overview } from "#lib/domain/overview.ts";
import { OverviewSkeleton } from "./overview-skeleton.tsx";
import { OverviewTiles } from "./overview-tiles.tsx";
import { SeverityMatrix } from "./severity-matrix.tsx";

const AS_OF_NAMES = ["asOf"] as const;

/**
 * Where everything stands this morning, or stood on another day, or what teams have of it. `overdue`, `worst`, `fixes`, `notScanned`, `freshness`,
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
  const asOf = useAsOf();
  const [, write] = useAddress(AS_OF_NAMES);
  const { data, error, dataUpdatedAt, isFetching, isPlaceholderData, refetch } = useQuery(
    overviewQuery(useTeam(), asOf),
  );
  const fault = faultAt(error, "asOf");
  const names = useTeamNames();
  // Each time the numbers are new, they are seen. It is not asked again when it fails: the next minute does.
  useEffect(() => {
    if (dataUpdatedAt > 0 && asOf === undefined) noteVisit().catch(() => undefined);
  }, [dataUpdatedAt, asOf]);
  return (
    <Page
      title="Overview"
      text={
        <>
          {names === null ? null : <UntrustedText text={`${names}. `} className="font-medium text-text" />}
          {data && data.asOf !== null && !asOf ? (
            <Since since={data.since} />
          ) : (
            `Where everything ${asOf === undefined ? "stands" : "stood"}`
          )}
        </>
      }
      actions={<AsOfChoice asOf={asOf} onChoose={(day) => write({ asOf: day })} />}
    >
      {data ? (
        <div aria-busy={isPlaceholderData} className="transition-opacity aria-busy:opacity-60">
          <Content overview={data} isPast={asOf !== undefined} {...props} />
        </div>
      ) : null}
      {!data && !error ? <OverviewSkeleton /> : null}
      {!data && fault ? <NothingKnown why={fault} onNow={() => write({ asOf: null })} /> : null}
      {!data && error && !fault ? (
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

function Content(props: { overview: Overview; isPast: boolean } & Parameters<typeof OverviewView>[0]) {
  const { overview, isPast, overdue, worst, due } = props;
  if (overview.asOf === null) return <NothingYet />;
  // What is told of now alone stands on no page of the past.
  const { fixes, notScanned, freshness, scans } = isPast ? NOTHING : props;
  return (
    <div className="grid gap-4">
      {isPast ? <PastBanner asOf={overview.asOf} /> : null}
      <OverviewTiles overview={overview} isPast={isPast} overdue={overdue} notScanned={notScanned} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.28fr)_minmax(0,1fr)]">
        <div className="grid gap-4">
          {worst}
          {fixes}
        </div>
        <div className="grid gap-4">
          <SeverityMatrix overview={overview} isPast={isPast} />
          {due}
          {scans}
        </div>
      </div>
      {freshness}
    </div>
  );
}

const NOTHING = { fixes: null, notScanned: null, freshness: null, scans: null };

function PastBanner({ asOf }: { asOf: string }) {
  return (
    <Banner kind="note">
      <b className="font-semibold text-text">
        As of <Time at={asOf} format="as-of" />.
      </b>{" "}
      Open any number to get that exact list, today and later. Coverage, fixes, freshness and scans are told of now
      alone.
    </Banner>
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
