"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Block } from "#components/ui/block.tsx";
import { CountedLink } from "#components/ui/counted-link.tsx";
import { formatChange, formatCount } from "#components/ui/numbers.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { movedListAddress } from "#lib/client/list-address.ts";
import { moversQuery, trendsQuery } from "#lib/client/trends.ts";
import { MOVE_REASONS } from "#lib/domain/filter-words.ts";
import { toMovedRange } from "#lib/domain/moved-range.ts";
import type { Mover, MoverKey, Movers } from "#lib/domain/movers.ts";
import type { TrendScope, TrendsQuery } from "#lib/domain/trends.ts";
import { ChartPlaceholder } from "./chart-placeholder.tsx";
import { scopeOf } from "./comparison.ts";
import { toMoversQuery } from "./movers-query.ts";
import { isBeforeAll } from "./waterfall-rows.ts";

const TITLE = "What changed most";
const WORDS: Record<MoverKey, { one: string; many: string }> = {
  account: { one: "Account", many: "Accounts" },
  image: { one: "Image", many: "Images" },
  repository: { one: "Repository", many: "Repositories" },
  function: { one: "Function", many: "Functions" },
  package: { one: "Package", many: "Packages" },
  cve: { one: "CVE", many: "CVEs" },
};
// Object.entries forgets the keys' type.
const OPTIONS = (Object.entries(WORDS) as [MoverKey, { many: string }][]).map(([value, { many }]) => ({
  value,
  label: many,
}));

type MoversBlockProps = { query: TrendsQuery; by: MoverKey; onBy: (by: MoverKey) => void };

/** Where the number of open findings changed most in these days, upwards or downwards. */
export function MoversBlock({ query, by, onBy }: MoversBlockProps) {
  const { data, error } = useQuery(moversQuery(toMoversQuery(query, by)));
  const { data: trends } = useQuery(trendsQuery({ ...query, by: "severity" }));
  const isUnknown = data && trends && isBeforeAll({ asOf: data.asOf, firstSyncAt: trends.firstSyncAt });
  return (
    <Block
      title={TITLE}
      note="Open findings at the end of these days, less those before them."
      actions={<CountedLink href={definitionAddress("movers")} of={TITLE} />}
      flush
    >
      <div className="px-3.5 pb-2.5 print:hidden">
        <Segmented label="What changed most, by" options={OPTIONS} value={by} onChange={onBy} />
      </div>
      {isUnknown ? (
        <p className="px-3.5 pb-3.5 text-text-2">Nothing is known of these days: they lie before the first sync.</p>
      ) : null}
      {data && !isUnknown ? <Found movers={data} scope={scopeOf(query)} /> : null}
      {data ? null : <ChartPlaceholder height={360} error={error} />}
    </Block>
  );
}

function Found({ movers, scope }: { movers: Movers; scope: TrendScope }) {
  const word = WORDS[movers.by];
  if (movers.movers === null)
    return (
      <p className="px-3.5 pb-3.5 text-text-2">
        More than 20,000 movements lie in these days. Which {word.many} they were in is looked through up to that many:
        choose fewer days, an account or a team. What changed most by account is always told.
      </p>
    );
  if (movers.movers.length === 0)
    return (
      <p className="px-3.5 pb-3.5 text-text-2">Nothing changed in these days: what came and what went are even.</p>
    );
  const most = Math.max(...movers.movers.map(({ net }) => Math.abs(net)));
  return (
    <Table
      caption={`${TITLE}: ${word.many}`}
      head={
        <>
          <ColumnHead>{word.one}</ColumnHead>
          <ColumnHead side="right" className="max-md:hidden">
            More
          </ColumnHead>
          <ColumnHead side="right" className="max-md:hidden">
            Less
          </ColumnHead>
          <ColumnHead side="right">Change</ColumnHead>
          <ColumnHead className="w-2/5 max-md:w-1/4">
            <span className="sr-only">Drawn</span>
          </ColumnHead>
        </>
      }
    >
      {movers.movers.map((mover) => (
        <MoverRow
          key={JSON.stringify(mover.conditions)}
          mover={mover}
          most={most}
          href={toListAddress(mover, movers, scope)}
        />
      ))}
    </Table>
  );
}

/** What moved there, whichever way. */
function toListAddress({ conditions }: Mover, movers: Movers, scope: TrendScope): string {
  return movedListAddress({ ...scope, ...conditions }, { moved: [...MOVE_REASONS], ...toMovedRange(movers) });
}

function MoverRow({ mover, most, href }: { mover: Mover; most: number; href: string }) {
  const { label, about, account, added, taken, net } = mover;
  const beside = about ?? account?.name ?? account?.id;
  return (
    <Row>
      <RowHead className="max-w-0 min-w-36 py-1.5">
        <NextLink href={href} prefetch={false} className="block truncate hover:underline" title={label}>
          <UntrustedText text={label} />
        </NextLink>
        {beside && beside !== label ? (
          <UntrustedText text={beside} className="block truncate text-12 font-normal text-text-3" />
        ) : null}
      </RowHead>
      <Cell side="right" className="max-md:hidden">
        {formatCount(added)}
      </Cell>
      <Cell side="right" className="max-md:hidden">
        {formatCount(taken)}
      </Cell>
      <Cell side="right" className={`font-semibold ${net > 0 ? "text-bad-text" : "text-ok-text"}`}>
        <NextLink href={href} prefetch={false} className="hover:underline">
          {formatChange(net)}
        </NextLink>
      </Cell>
      <Cell>
        <NetBar share={net / most} />
      </Cell>
    </Row>
  );
}

/** From the middle: to the right what became more, to the left what became less. */
function NetBar({ share }: { share: number }) {
  const width = `${Math.max(1, Math.abs(share) * 50)}%`;
  return (
    <div aria-hidden="true" className="relative h-4 min-w-16">
      <span className="absolute inset-y-[-6px] left-1/2 w-px bg-chart-axis" />
      <span
        data-fill
        className={`absolute inset-y-0 rounded-[1.5px] ${share > 0 ? "left-1/2 bg-chart-new" : "right-1/2 bg-chart-closed"}`}
        style={{ width }}
      />
    </div>
  );
}
