"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useAddress } from "#components/ui/address.ts";
import { AsOfChoice } from "#components/ui/as-of-choice.tsx";
import { Page } from "#components/ui/block.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { NothingKnown } from "#components/ui/nothing-known.tsx";
import { Banner, EmptyNotice, ErrorNotice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Time } from "#components/ui/time.tsx";
import { faultAt } from "#lib/client/api.ts";
import { slaStandingQuery } from "#lib/client/sla.ts";
import type { SlaStandingQuery } from "#lib/domain/sla.ts";
import { BreachAges } from "./breach-ages.tsx";
import { ComplianceChart } from "./compliance-chart.tsx";
import { LateBlocks } from "./late-blocks.tsx";
import { PolicyBlock } from "./policy-block.tsx";
import { readSlaAddress, SLA_ADDRESS_NAMES } from "./sla-address.ts";
import { SlaScope } from "./sla-scope.tsx";
import { SlaTiles } from "./sla-tiles.tsx";
import { TrendsTabs } from "./trends-tabs.tsx";

/** Whether things are fixed in time: what is late, for how long, whose it is, and by which policy. */
export function SlaView({ canChange }: { canChange: boolean }) {
  const [written, write] = useAddress(SLA_ADDRESS_NAMES);
  const scope = useMemo(() => readSlaAddress(written), [written]);
  return (
    <Page
      title="SLA"
      text="Due dates, what is late, and how much is fixed in time"
      actions={
        <div className="flex flex-wrap items-center gap-2 print:hidden">
          <AsOfChoice asOf={scope.asOf} onChoose={(day) => write({ asOf: day })} />
          <SlaScope scope={scope} onChange={write} />
        </div>
      }
    >
      <div className="grid gap-4">
        <div>
          <TrendsTabs />
        </div>
        <Standing scope={scope} onNow={() => write({ asOf: null })} />
        <PolicyBlock canChange={canChange} />
      </div>
    </Page>
  );
}

function Standing({ scope, onNow }: { scope: SlaStandingQuery; onNow: () => void }) {
  const { data, error, isFetching, refetch } = useQuery(slaStandingQuery(scope));
  const fault = faultAt(error, "asOf");
  if (fault && !data) return <NothingKnown why={fault} onNow={onNow} />;
  if (error && !data) {
    return (
      <ErrorNotice title="The due dates did not load" text={`${error.message} Nothing was changed.`}>
        <Button look="main" icon="refresh" busy={isFetching} onClick={() => refetch()}>
          Try again
        </Button>
      </ErrorNotice>
    );
  }
  if (!data) {
    return (
      <div className="h-[420px]" aria-busy="true">
        <Skeleton width="100%" />
      </div>
    );
  }
  if (data.asOf === null) {
    return (
      <EmptyNotice
        icon="clock"
        title="There is nothing to be due yet"
        text="Due dates are told from the first complete sync on. A policy can be set before it."
      >
        <ButtonLink look="main" icon="plus" href="/settings/sources">
          Connect AWS
        </ButtonLink>
      </EmptyNotice>
    );
  }
  return (
    <>
      <Banner kind="note">
        <b className="font-semibold text-text">
          As of <Time at={data.asOf} format="as-of" />.
        </b>{" "}
        A due day ends with the UTC day. Open any number of findings to get that exact list, today and later.
      </Banner>
      <SlaTiles standing={data} scope={scope} />
      <div className="grid gap-4 lg:grid-cols-2">
        <ComplianceChart scope={scope} />
        <BreachAges standing={data} scope={scope} />
      </div>
      <LateBlocks standing={data} scope={scope} />
    </>
  );
}
