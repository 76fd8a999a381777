"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { CountedLink } from "#components/ui/counted-link.tsx";
import { EmptyNotice, ErrorNotice } from "#components/ui/notice.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ColumnHead, Table } from "#components/ui/table.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { exceptionsQuery } from "#lib/client/exceptions.ts";
import type { ExceptionState } from "#lib/domain/exception.ts";
import { RuleRow, type Viewer } from "./rule-row.tsx";

const STATES: { value: ExceptionState; label: string }[] = [
  { value: "active", label: "Active" },
  { value: "awaiting", label: "Awaiting approval" },
  { value: "ended", label: "Ended" },
];

const EMPTY: Record<ExceptionState, { title: string; text: string }> = {
  active: {
    title: "No rule is active",
    text: "Filter the list of findings down to what does not concern you, and make an exception of that filter.",
  },
  awaiting: {
    title: "Nothing waits for approval",
    text: "What touches critical findings waits here, where a second person is asked for.",
  },
  ended: {
    title: "No rule has ended yet",
    text: "Those that were ended or ran out stay here, with who made them and why.",
  },
};

/** The rules in one state, with what each holds. */
export function RulesBlock({ viewer }: { viewer: Viewer }) {
  const [state, setState] = useState<ExceptionState>("active");
  const { data, error, refetch } = useQuery(exceptionsQuery(state));
  return (
    <Block
      title="Rules"
      note={
        <>
          What matches is suppressed as it is written.{" "}
          <CountedLink href={definitionAddress("held")} of="what a rule holds" />
        </>
      }
      actions={<Segmented label="State" options={STATES} value={state} onChange={setState} />}
      flush
    >
      {error ? (
        <ErrorNotice title="The exceptions did not load" text={`${error.message} Nothing was changed.`}>
          <Button onClick={() => refetch()}>Try again</Button>
        </ErrorNotice>
      ) : null}
      {!data && !error ? (
        <div className="grid gap-3 p-3.5" aria-busy="true">
          <Skeleton width="60%" />
          <Skeleton width="50%" />
        </div>
      ) : null}
      {data?.items.length === 0 ? <EmptyNotice icon="hide" {...EMPTY[state]} /> : null}
      {data && data.items.length > 0 ? (
        <Table caption="Exceptions that are rules" head={<Heads />}>
          {data.items.map((exception) => (
            <RuleRow key={exception.id} exception={exception} viewer={viewer} />
          ))}
        </Table>
      ) : null}
    </Block>
  );
}

function Heads() {
  return (
    <>
      <ColumnHead>Findings that match</ColumnHead>
      <ColumnHead>State</ColumnHead>
      <ColumnHead side="right">Holds</ColumnHead>
      <ColumnHead className="max-md:hidden">Looked after by</ColumnHead>
      <ColumnHead side="right" className="max-md:hidden">
        Ends
      </ColumnHead>
      <ColumnHead side="right" className="max-lg:hidden">
        Last match
      </ColumnHead>
      <ColumnHead side="right">
        <span className="sr-only">Acts</span>
      </ColumnHead>
    </>
  );
}
