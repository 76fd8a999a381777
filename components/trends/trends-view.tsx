"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Page } from "#components/ui/block.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { EmptyNotice, ErrorNotice } from "#components/ui/notice.tsx";
import { ApiError } from "#lib/client/api.ts";
import { trendsQuery } from "#lib/client/trends.ts";
import { AgeChart } from "./age-chart.tsx";
import { AsOfBanner } from "./as-of-banner.tsx";
import { CodeMetricsBlocks } from "./code-metrics-blocks.tsx";
import { FlowChart } from "./flow-chart.tsx";
import { OpenChart } from "./open-chart.tsx";
import { RemediationChart } from "./remediation-chart.tsx";
import { TrendsControls } from "./trends-controls.tsx";
import { TrendsSkeleton } from "./trends-skeleton.tsx";
import { TrendsSummary } from "./trends-summary.tsx";
import { UrgentChart } from "./urgent-chart.tsx";
import { useTrendsAddress } from "./use-trends-address.ts";
import { WaterfallChart } from "./waterfall-chart.tsx";

/**
 * Where it is going: how many were open, what came and went, how long fixing takes, how old the rest is. `tabs` lead to
 * what stands beside it.
 */
export function TrendsView({ tabs }: { tabs?: ReactNode }) {
  const address = useTrendsAddress();
  return (
    <Page
      title="Trends"
      text="Inspector, code scans and imports together"
      actions={<TrendsControls address={address} />}
    >
      {tabs ? <div className="mb-4">{tabs}</div> : null}
      <Content address={address} />
    </Page>
  );
}

function Content({ address }: { address: ReturnType<typeof useTrendsAddress> }) {
  const { query, scope, setBy } = address;
  const bySeverity = useQuery(trendsQuery({ ...query, by: "severity" }));
  const chosen = useQuery(trendsQuery(query));
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
  return (
    <div aria-busy={bySeverity.isPlaceholderData} className="grid gap-4 transition-opacity aria-busy:opacity-60">
      <AsOfBanner asOf={trends.asOf} />
      <TrendsSummary trends={trends} scope={scope} query={query} />
      <OpenChart trends={chosen.data ?? trends} scope={scope} by={query.by} onBy={setBy} />
      <UrgentChart trends={trends} scope={scope} />
      <FlowChart trends={trends} scope={scope} />
      <WaterfallChart query={query} severity={address.moveSeverity} onSeverity={address.setMoveSeverity} />
      <div className="grid gap-4 lg:grid-cols-2">
        <RemediationChart query={query} severity={address.fixSeverity} onSeverity={address.setFixSeverity} />
        <AgeChart scope={scope} />
      </div>
      <CodeMetricsBlocks query={query} />
    </div>
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
