"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { Delivery } from "#components/ui/delivery.tsx";
import { EmptyNotice, ErrorNotice } from "#components/ui/notice.tsx";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { handOversQuery, tryAgain } from "#lib/client/tickets.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { HandOver } from "#lib/domain/hand-over.ts";

/** What was handed over, and whether it arrived. */
export function HandOversBlock() {
  const { data, error, refetch } = useQuery(handOversQuery());
  return (
    <Block title="Hand-overs" note="The last 50" flush>
      {error ? (
        <ErrorNotice title="The hand-overs did not load" text={error.message}>
          <Button onClick={() => refetch()}>Try again</Button>
        </ErrorNotice>
      ) : null}
      {data?.items.length === 0 ? (
        <EmptyNotice
          icon="external"
          title="Nothing was handed over yet"
          text="A finding’s page hands its issue over, once a receiver is set."
        />
      ) : null}
      {data && data.items.length > 0 ? (
        <Table caption="Hand-overs" head={<Heads />}>
          {data.items.map((one) => (
            <HandOverRow key={one.id} handOver={one} />
          ))}
        </Table>
      ) : null}
    </Block>
  );
}

function Heads() {
  return (
    <>
      <ColumnHead>What</ColumnHead>
      <ColumnHead>Delivery</ColumnHead>
      <ColumnHead className="max-md:hidden">Handed over</ColumnHead>
      <ColumnHead side="right">
        <span className="sr-only">Acts</span>
      </ColumnHead>
    </>
  );
}

function HandOverRow({ handOver: one }: { handOver: HandOver }) {
  const toast = useToast();
  const act = useAct(tryAgain, { refresh: ["tickets"], onFailed: toast.failed });
  return (
    <Row>
      <RowHead className="max-w-80 truncate max-md:max-w-40">
        {one.finding === null ? (
          "Test"
        ) : (
          <NextLink href={`/findings/${one.finding.id}`} prefetch={false} className="hover:underline">
            <UntrustedText text={one.finding.title} />
          </NextLink>
        )}
      </RowHead>
      <Cell className="py-1.5">
        <Delivery {...one} />
      </Cell>
      <Cell className="whitespace-nowrap text-text-2 max-md:hidden">
        <Time at={one.madeAt} /> by <UntrustedText text={one.madeBy} />
      </Cell>
      <Cell side="right">
        {one.state !== "delivered" && one.attempts > 0 ? (
          <Button size="small" busy={act.isPending} onClick={() => act.mutate(one.id)}>
            Try now
          </Button>
        ) : null}
      </Cell>
    </Row>
  );
}
