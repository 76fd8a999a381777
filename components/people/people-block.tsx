"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorNotice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ColumnHead, Table } from "#components/ui/table.tsx";
import { peopleQuery } from "#lib/client/people.ts";
import { InviteDialog } from "./invite-dialog.tsx";
import { PersonRow } from "./person-row.tsx";

/** Everybody who can sign in, and the way to let somebody in. */
export function PeopleBlock({ canChange, ownId }: { canChange: boolean; ownId: string }) {
  const [isInviting, setIsInviting] = useState(false);
  const { data, error, refetch } = useQuery(peopleQuery());
  const invite = canChange ? (
    <Button size="small" look="main" icon="plus" onClick={() => setIsInviting(true)}>
      Invite
    </Button>
  ) : null;
  return (
    <Block title="People" note="Who can sign in, and what they may do" actions={invite} flush>
      {error ? (
        <ErrorNotice title="The people did not load" text={error.message}>
          <Button onClick={() => refetch()}>Try again</Button>
        </ErrorNotice>
      ) : null}
      {!data && !error ? (
        <div className="grid gap-3 p-3.5" aria-busy="true">
          <Skeleton width="40%" />
          <Skeleton width="45%" />
        </div>
      ) : null}
      {data ? (
        <Table caption="People" head={<Heads />}>
          {data.items.map((person) => (
            <PersonRow key={person.id} person={person} canChange={canChange} isSelf={person.id === ownId} />
          ))}
        </Table>
      ) : null}
      {isInviting ? <InviteDialog onClose={() => setIsInviting(false)} /> : null}
    </Block>
  );
}

function Heads() {
  return (
    <>
      <ColumnHead>User name</ColumnHead>
      <ColumnHead>Role</ColumnHead>
      <ColumnHead className="max-md:hidden">Last seen</ColumnHead>
      <ColumnHead side="right" className="max-md:hidden">
        Sessions
      </ColumnHead>
      <ColumnHead side="right">
        <span className="sr-only">Acts</span>
      </ColumnHead>
    </>
  );
}
