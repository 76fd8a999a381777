"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { dialogLater } from "#components/ui/dialog-later.tsx";
import { EmptyNotice, ErrorNotice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ColumnHead, Table } from "#components/ui/table.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { connectionsQuery, requestSync } from "#lib/client/connections.ts";
import { useAct } from "#lib/client/use-act.ts";
import { ConnectionRow } from "./connection-row.tsx";

const ConnectAwsDialog = dialogLater(() =>
  import("./connect-aws-dialog.tsx").then((module) => module.ConnectAwsDialog),
);

/** The connections to AWS, one a region: what they see, when they are read next, and what keeps them from it. */
export function ConnectionsBlock({ canChange, canSync }: { canChange: boolean; canSync: boolean }) {
  const toast = useToast();
  const [isConnecting, setIsConnecting] = useState(false);
  const sync = useAct(() => requestSync({}), {
    refresh: ["sync-runs", "connections"],
    onDone: () => toast.done("A sync of every connection is queued"),
    onFailed: toast.failed,
  });
  const actions = (
    <>
      {canSync ? (
        <Button size="small" icon="refresh" busy={sync.isPending} onClick={() => sync.mutate(undefined)}>
          Sync all now
        </Button>
      ) : null}
      {canChange ? (
        <Button size="small" look="main" icon="plus" onClick={() => setIsConnecting(true)}>
          Connect AWS
        </Button>
      ) : null}
    </>
  );
  return (
    <Block title="Connections" note="Credentials × region" actions={actions} flush>
      <Connections canChange={canChange} canSync={canSync} />
      {isConnecting ? <ConnectAwsDialog onClose={() => setIsConnecting(false)} /> : null}
    </Block>
  );
}

function Connections({ canChange, canSync }: { canChange: boolean; canSync: boolean }) {
  const { data, error, refetch } = useQuery(connectionsQuery());
  if (error) {
    return (
      <ErrorNotice title="The connections did not load" text={`${error.message} Nothing was changed.`}>
        <Button onClick={() => refetch()}>Try again</Button>
      </ErrorNotice>
    );
  }
  if (!data) {
    return (
      <div className="grid gap-3 p-3.5" aria-busy="true">
        <Skeleton width="60%" />
        <Skeleton width="50%" />
        <Skeleton width="55%" />
      </div>
    );
  }
  if (data.items.length === 0) {
    return (
      <EmptyNotice
        icon="link"
        title="No connection yet"
        text="Connect AWS, and Amazon Inspector's findings of every account that the role sees come into the list. Their history begins with the first sync."
      />
    );
  }
  return (
    <Table caption="Connections" head={<Heads />}>
      {data.items.map((connection) => (
        <ConnectionRow key={connection.id} connection={connection} canChange={canChange} canSync={canSync} />
      ))}
    </Table>
  );
}

function Heads() {
  return (
    <>
      <ColumnHead>Name</ColumnHead>
      <ColumnHead>Region</ColumnHead>
      <ColumnHead>State</ColumnHead>
      <ColumnHead side="right" className="max-md:hidden">
        Accounts
      </ColumnHead>
      <ColumnHead side="right" className="max-md:hidden">
        Open
      </ColumnHead>
      <ColumnHead side="right" className="max-md:hidden">
        Last whole pass
      </ColumnHead>
      <ColumnHead side="right" className="max-md:hidden">
        Next
      </ColumnHead>
      <ColumnHead side="right">
        <span className="sr-only">Acts</span>
      </ColumnHead>
    </>
  );
}
