"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Block } from "#components/ui/block.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { openListAddress, withTeam } from "#lib/client/list-address.ts";
import { dueByTeamQuery } from "#lib/client/sla.ts";
import { useAsOf } from "#lib/client/use-as-of.ts";
import { useTeam } from "#lib/client/use-team.ts";
import type { Due } from "#lib/domain/finding-filter.ts";
import type { DueByTeam } from "#lib/domain/sla.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";

const MOST_SHOWN = 6;

/** What is late and what soon will be, and whose it is. */
export function DueByTeamBlock() {
  const team = useTeam();
  const asOf = useAsOf();
  const { data } = useQuery(dueByTeamQuery(team, asOf));
  return (
    <Block
      title="Overdue by team"
      actions={
        <NextLink href={withTeam("/trends/sla", team)} prefetch={false} className="link text-12">
          How due dates are set
        </NextLink>
      }
      flush
    >
      {data ? (
        <Content due={data} isPast={asOf !== undefined} />
      ) : (
        <div className="p-3.5" aria-busy="true">
          <Skeleton width="60%" />
        </div>
      )}
    </Block>
  );
}

function Content({ due: { teams, asOf }, isPast }: { due: DueByTeam; isPast: boolean }) {
  if (teams.length === 0)
    return <p className="px-3.5 pb-3.5 text-text-2">Nothing is overdue, and nothing is due within 7 days.</p>;
  return (
    <Table caption="Overdue by team" head={<Heads />}>
      {teams.slice(0, MOST_SHOWN).map((team) => (
        <TeamRow key={team.id ?? NO_TEAM} team={team} asOf={isPast ? asOf : undefined} />
      ))}
    </Table>
  );
}

function TeamRow({ team, asOf }: { team: DueByTeam["teams"][number]; asOf: string | undefined }) {
  const { id, name, overdue, dueInWeek, longestDays } = team;
  const list = (due: Due) => openListAddress({ team: [id ?? NO_TEAM] }, { due: [due], sort: "due", asOf });
  return (
    <Row isInteractive>
      <RowHead className="wrap-anywhere">
        <UntrustedText text={name} />
      </RowHead>
      <Cell side="right">
        <NextLink
          href={list("overdue")}
          prefetch={false}
          className={overdue === 0 ? "text-text-3 hover:underline" : "font-semibold text-bad-text hover:underline"}
        >
          {formatCount(overdue)}
        </NextLink>
      </Cell>
      <Cell side="right">
        <NextLink href={list("week")} prefetch={false} className="hover:underline">
          {formatCount(dueInWeek)}
        </NextLink>
      </Cell>
      <Cell side="right" className="text-text-2">
        {overdue === 0 ? "–" : `${formatCount(longestDays)} d`}
      </Cell>
    </Row>
  );
}

function Heads() {
  return (
    <>
      <ColumnHead>Team</ColumnHead>
      <ColumnHead side="right">Overdue</ColumnHead>
      <ColumnHead side="right">Due in 7 d</ColumnHead>
      <ColumnHead side="right">Longest</ColumnHead>
    </>
  );
}
