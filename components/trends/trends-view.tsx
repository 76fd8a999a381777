"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { type Span, ZoomContext } from "#components/charts/zoom.ts";
import { Page } from "#components/ui/block.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { EmptyNotice, ErrorNotice } from "#components/ui/notice.tsx";
import { annotationsQuery } from "#lib/client/annotations.ts";
import { ApiError } from "#lib/client/api.ts";
import { trendsQuery } from "#lib/client/trends.ts";
import { AsOfBanner } from "./as-of-banner.tsx";
import { OpenChart } from "./open-chart.tsx";
import { TrendsControls } from "./trends-controls.tsx";
import { Section, type SectionId, SectionLinks } from "./trends-sections.tsx";
import { TrendsSkeleton } from "./trends-skeleton.tsx";
import { TrendsSummary } from "./trends-summary.tsx";
import { UrgentChart } from "./urgent-chart.tsx";
import { FirstDay, type TrendsAddressState, useTrendsAddress } from "./use-trends-address.ts";

type TrendsViewProps = {
  /** The day of the first sync; null = there was none. */
  firstDay: string | null;
  /** Whether the person may note what happened on a day. */
  canNote: boolean;
  /** They lead to what stands beside it. */
  tabs?: ReactNode;
  /** What follows the state that it is in. */
  parts: Record<"compare" | Exclude<SectionId, "open">, ReactNode>;
};

/** Where it is going: how many are open, why that moved, what comes and goes, how fast, how old, and what moved most. */
export function TrendsView({ firstDay, ...rest }: TrendsViewProps) {
  return (
    <FirstDay value={firstDay}>
      <Loaded {...rest} />
    </FirstDay>
  );
}

function Loaded({ tabs, ...rest }: Omit<TrendsViewProps, "firstDay">) {
  const address = useTrendsAddress();
  const [isPicking, setIsPicking] = useState(false);
  const zoom = {
    onZoom: (days: Span) => {
      setIsPicking(false);
      address.zoomTo(days);
    },
    onReset: address.zoomedFrom ? address.zoomOut : null,
    isPicking,
    onPicking: setIsPicking,
  };
  return (
    <Page
      title="Trends"
      text="Inspector, code scans and imports together"
      actions={<TrendsControls address={address} />}
    >
      {tabs ? <div className="mb-4 print:hidden">{tabs}</div> : null}
      <ZoomContext value={zoom}>
        <Content address={address} {...rest} />
      </ZoomContext>
    </Page>
  );
}

type ContentProps = Pick<TrendsViewProps, "canNote" | "parts"> & { address: TrendsAddressState };

function Content({ address, canNote, parts }: ContentProps) {
  const { query, scope } = address;
  const bySeverity = useQuery(trendsQuery({ ...query, by: "severity" }));
  const chosen = useQuery(trendsQuery(query));
  const { data: annotations = [] } = useQuery(annotationsQuery({ from: query.from, to: query.to }));
  const trends = bySeverity.data;
  if (bySeverity.error && !trends) {
    return (
      <ErrorNotice
        title="The trends did not load"
        text={`${bySeverity.error.message} Nothing was changed.`}
        reference={bySeverity.error instanceof ApiError ? bySeverity.error.reference : null}
      >
        <Button look="main" icon="refresh" busy={bySeverity.isFetching} onClick={() => bySeverity.refetch()}>
          Try again
        </Button>
      </ErrorNotice>
    );
  }
  if (!trends) return <TrendsSkeleton />;
  if (trends.asOf === null) return <NothingYet />;
  if (trends.firstSyncAt === null) return <NothingChosen />;
  return (
    <div aria-busy={bySeverity.isPlaceholderData} className="grid gap-4 transition-opacity aria-busy:opacity-60">
      <AsOfBanner asOf={trends.asOf} address={address} />
      <SectionLinks />
      <Section id="open">
        <TrendsSummary trends={trends} scope={scope} query={query} />
        {parts.compare}
        <OpenChart
          trends={chosen.data ?? trends}
          annotations={annotations}
          scope={scope}
          by={query.by}
          onBy={address.setBy}
          shape={address.shape}
          onShape={address.setShape}
          canNote={canNote}
        />
        <UrgentChart trends={trends} scope={scope} />
      </Section>
      <Section id="why">{parts.why}</Section>
      <Section id="flow">{parts.flow}</Section>
      <Section id="age">{parts.age}</Section>
      <Section id="movers">{parts.movers}</Section>
      <Section id="code">{parts.code}</Section>
    </div>
  );
}

/** What the address narrows to is known to nobody, or was never read. */
function NothingChosen() {
  return (
    <EmptyNotice
      icon="trends"
      title="No place that was ever read is part of this choice"
      text="The account, team or source does not exist here, or no sync has read it yet."
    >
      <ButtonLink look="main" href="/trends?range=6m">
        Show everything
      </ButtonLink>
    </EmptyNotice>
  );
}

function NothingYet() {
  return (
    <EmptyNotice
      icon="trends"
      title="There is nothing to see yet"
      text="A trend begins with the first complete sync. From then on every day is kept."
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
