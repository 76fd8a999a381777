"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ApplyingNote } from "#components/ui/applying-note.tsx";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { CountedLink } from "#components/ui/counted-link.tsx";
import { EmptyNotice, ErrorNotice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Time } from "#components/ui/time.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { policyQuery } from "#lib/client/sla.ts";
import type { Policy } from "#lib/domain/sla.ts";
import { PolicyDialog } from "./policy-dialog.tsx";
import { PolicyTable } from "./policy-table.tsx";

/** The policy in force, the ones before it, and the way to a new version. */
export function PolicyBlock({ canChange }: { canChange: boolean }) {
  const [isChanging, setIsChanging] = useState(false);
  const { data, error, refetch } = useQuery(policyQuery());
  const current = data?.versions[0];
  const change = (
    <Button size="small" look={current ? "rest" : "main"} icon="settings" onClick={() => setIsChanging(true)}>
      {current ? "Change the policy" : "Set a policy"}
    </Button>
  );
  return (
    <Block
      title="Policy"
      note="Days from the start of an issue's clock until it is due"
      actions={
        <>
          <CountedLink href={definitionAddress("due-date")} of="Due date" />
          {canChange && current ? change : null}
        </>
      }
      flush
    >
      {error ? (
        <ErrorNotice title="The policy did not load" text={error.message}>
          <Button onClick={() => refetch()}>Try again</Button>
        </ErrorNotice>
      ) : null}
      {data || error ? null : <Waiting />}
      {data ? <Content policy={data} change={canChange ? change : null} /> : null}
      {isChanging && data ? <PolicyDialog current={current ?? null} onClose={() => setIsChanging(false)} /> : null}
    </Block>
  );
}

function Waiting() {
  return (
    <div className="p-3.5" aria-busy="true">
      <Skeleton width="60%" />
    </div>
  );
}

function Content({ policy, change }: { policy: Policy; change: ReactNode }) {
  if (policy.versions.length > 0) return <Versions policy={policy} />;
  return (
    <EmptyNotice
      icon="clock"
      title="No policy is set"
      text="Until one is, only what a person gave a date is due. A usual beginning: critical 7 days, high 30, medium 90, low 180."
    >
      {change}
    </EmptyNotice>
  );
}

function Versions({ policy: { versions, applying } }: { policy: Policy }) {
  const [current, ...former] = versions;
  if (!current) return null;
  return (
    <>
      <ApplyingNote applying={applying} />
      <PolicyTable version={current} />
      <p className="px-3.5 py-2.5 text-12 text-text-3">
        Version {current.number}, in force since <Time at={current.validFrom} />
        {current.savedBy ? <>, by {current.savedBy}</> : null}. What was due before is told by the version of then.
      </p>
      {former.length > 0 ? (
        <details className="border-t border-line px-3.5 py-2.5">
          <summary className="cursor-pointer text-text-2">Former versions</summary>
          {former.map((version) => (
            <section key={version.number} className="mt-3" aria-label={`Version ${version.number}`}>
              <p className="text-12 text-text-3">
                Version {version.number}, from <Time at={version.validFrom} />
                {version.savedBy ? <>, by {version.savedBy}</> : null}
              </p>
              <PolicyTable version={version} />
            </section>
          ))}
        </details>
      ) : null}
    </>
  );
}
