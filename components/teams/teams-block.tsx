"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ApplyingNote } from "#components/ui/applying-note.tsx";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyNotice, ErrorNotice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { openListAddress } from "#lib/client/list-address.ts";
import { teamsQuery } from "#lib/client/teams.ts";
import type { Teams } from "#lib/domain/team.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { OpenCount } from "./open-count.tsx";
import { TeamDialog } from "./team-dialog.tsx";
import { TeamRow } from "./team-row.tsx";

/** Every team in the order in which they are asked, and the way to make one. */
export function TeamsBlock({ canChange }: { canChange: boolean }) {
  const [isAdding, setIsAdding] = useState(false);
  const { data, error, refetch } = useQuery(teamsQuery());
  const add = (
    <Button size="small" look="main" icon="plus" onClick={() => setIsAdding(true)}>
      Add a team
    </Button>
  );
  return (
    <Block
      title="Teams"
      note="Of the teams whose rules match a resource, the first in order has it, with its whole past"
      actions={canChange && data && data.items.length > 0 ? add : null}
      flush
    >
      {error ? (
        <ErrorNotice title="The teams did not load" text={error.message}>
          <Button onClick={() => refetch()}>Try again</Button>
        </ErrorNotice>
      ) : null}
      {!data && !error ? (
        <div className="grid gap-3 p-3.5" aria-busy="true">
          <Skeleton width="40%" />
          <Skeleton width="45%" />
        </div>
      ) : null}
      {data ? <Content teams={data} canChange={canChange} add={add} /> : null}
      {isAdding ? <TeamDialog team={null} onClose={() => setIsAdding(false)} /> : null}
    </Block>
  );
}

function Content({ teams, canChange, add }: { teams: Teams; canChange: boolean; add: ReactNode }) {
  if (teams.items.length === 0) {
    return (
      <EmptyNotice
        icon="user"
        title="There are no teams yet"
        text="A team has accounts, tagged resources, repositories, functions or scans by rules. Lists, trends and due dates can then be told by team."
      >
        {canChange ? add : null}
      </EmptyNotice>
    );
  }
  return (
    <>
      <ApplyingNote applying={teams.applying} />
      <Table caption="Teams, the first to be asked first" head={<Heads />}>
        {teams.items.map((team) => (
          <TeamRow key={team.id} team={team} order={teams.items.map(({ id }) => id)} canChange={canChange} />
        ))}
        <Row>
          <Cell className="max-md:hidden" />
          <RowHead className="text-text-2">No team</RowHead>
          <Cell className="text-text-3 max-md:hidden">What no rule matches</Cell>
          <Cell className="max-md:hidden" />
          <Cell side="right" className="max-md:hidden" />
          <Cell side="right">
            <OpenCount open={teams.noTeam.open} href={openListAddress({ team: [NO_TEAM] })} />
          </Cell>
          <Cell />
        </Row>
      </Table>
    </>
  );
}

function Heads() {
  return (
    <>
      <ColumnHead side="right" className="max-md:hidden">
        Order
      </ColumnHead>
      <ColumnHead>Team</ColumnHead>
      <ColumnHead className="max-md:hidden">What it has</ColumnHead>
      <ColumnHead className="max-md:hidden">Members</ColumnHead>
      <ColumnHead side="right" className="max-md:hidden">
        Resources
      </ColumnHead>
      <ColumnHead side="right">Open findings</ColumnHead>
      <ColumnHead side="right">
        <span className="sr-only">Acts</span>
      </ColumnHead>
    </>
  );
}
