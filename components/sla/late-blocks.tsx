"use client";
import NextLink from "next/link";
import { type ReactNode, useState } from "react";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { openListAddress } from "#lib/client/list-address.ts";
import { NOBODY } from "#lib/domain/filter-words.ts";
import type { FindingFilter } from "#lib/domain/finding-filter.ts";
import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding-words.ts";
import type { SlaStanding, SlaStandingQuery } from "#lib/domain/sla.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";

type Late = { key: string; name: string; findings: number; longestDays: number; conditions: Partial<FindingFilter> };

/** Whose findings are overdue: by who looks after them, by team, by account. */
export function LateBlocks({ standing, scope }: { standing: SlaStanding; scope: SlaStandingQuery }) {
  const { owners, teams, accounts } = standing.late;
  const list = (conditions: Partial<FindingFilter>) =>
    openListAddress(scope, { due: ["overdue"], sort: "due", asOf: standing.asOf ?? undefined, ...conditions });
  return (
    <div className="grid items-start gap-4 lg:grid-cols-3">
      <LateBlock
        title="Overdue by owner"
        head="Owner"
        list={list}
        rows={owners.map(({ userName, ...late }) => ({
          ...late,
          key: userName ?? NOBODY,
          name: userName ?? "Nobody",
          conditions: { assignee: [userName ?? NOBODY] },
        }))}
      />
      <LateBlock
        title="Overdue by team"
        head="Team"
        list={list}
        rows={teams.map(({ id, ...late }) => ({ ...late, key: id ?? NO_TEAM, conditions: { team: [id ?? NO_TEAM] } }))}
      />
      <LateBlock
        title="Overdue by account"
        head="Account"
        list={list}
        rows={accounts.map(({ id, name, ...late }) => ({
          ...late,
          key: id,
          name: id === INSTALLATION_ACCOUNT_ID ? "This installation" : (name ?? id),
          conditions: { accountId: [id] },
        }))}
      />
    </div>
  );
}

type LateBlockProps = {
  title: string;
  head: string;
  list: (conditions: Partial<FindingFilter>) => string;
  rows: Late[];
};

const MOST_SHOWN = 8;

function LateBlock({ title, head, list, rows }: LateBlockProps) {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, MOST_SHOWN);
  return (
    <Block title={title} flush>
      {rows.length === 0 ? (
        <p className="px-3.5 pb-3.5 text-text-2">Nothing is overdue.</p>
      ) : (
        <Table caption={title} head={<Heads name={head} />}>
          {shown.map(({ key, name, findings, longestDays, conditions }) => (
            <Row key={key} isInteractive>
              <RowHead className="wrap-anywhere">
                <UntrustedText text={name} />
              </RowHead>
              <Cell side="right">
                <NextLink
                  href={list(conditions)}
                  prefetch={false}
                  className="font-semibold text-bad-text hover:underline"
                >
                  {formatCount(findings)}
                </NextLink>
              </Cell>
              <Cell side="right" className="text-text-2">
                {formatCount(longestDays)} d
              </Cell>
            </Row>
          ))}
        </Table>
      )}
      {shown.length < rows.length ? (
        <div className="border-t border-line px-3.5 py-2">
          <Button size="small" look="ghost" onClick={() => setIsWhole(true)}>
            Show all {formatCount(rows.length)}
          </Button>
        </div>
      ) : null}
    </Block>
  );
}

function Heads({ name }: { name: string }): ReactNode {
  return (
    <>
      <ColumnHead>{name}</ColumnHead>
      <ColumnHead side="right">Overdue</ColumnHead>
      <ColumnHead side="right">Longest</ColumnHead>
    </>
  );
}
