import NextLink from "next/link";
import { Block } from "#components/ui/block.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { CountedLink } from "#components/ui/counted-link.tsx";
import { formatChange, formatCount } from "#components/ui/numbers.ts";
import { Severity } from "#components/ui/severity.tsx";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { movedListAddress, openListAddress, withTeam } from "#lib/client/list-address.ts";
import { useTeam } from "#lib/client/use-team.ts";
import type { SourceName } from "#lib/domain/finding.ts";
import type { Movement } from "#lib/domain/lifecycle-event.ts";
import type { Overview } from "#lib/domain/overview.ts";
import type { Severity as SeverityName } from "#lib/domain/severity.ts";
import { changeTone } from "./change-tone.ts";
import { sinceWords, toListAsOf } from "./told-of.ts";

const SOURCE_HEADS: Record<SourceName, string> = { inspector: "Inspector", codeguru: "Code", sarif: "SARIF" };

type Cells = Overview["matrix"]["total"];

/** How many are open, by severity and source, with what was new and fixed meanwhile. */
export function SeverityMatrix({ overview, isPast }: { overview: Overview; isPast: boolean }) {
  const { matrix, since } = overview;
  const { sources, rows, total } = matrix;
  const asOf = toListAsOf(overview, isPast);
  const team = useTeam();
  const heads = (
    <>
      <ColumnHead>Severity</ColumnHead>
      {sources.map((source) => (
        <ColumnHead key={source} side="right" className="max-sm:hidden">
          {SOURCE_HEADS[source]}
        </ColumnHead>
      ))}
      <ColumnHead side="right">Total</ColumnHead>
      <ColumnHead side="right">New</ColumnHead>
      <ColumnHead side="right">Fixed</ColumnHead>
    </>
  );
  return (
    <Block
      title="Open by severity and source"
      actions={<CountedLink href={definitionAddress("new-and-closed")} of="Open by severity and source" />}
      flush
    >
      <Table caption="Open findings by severity and source" head={heads}>
        {rows.map(({ severity, ...cells }) => (
          <Row key={severity} isInteractive>
            <RowHead>
              <Severity severity={severity} />
            </RowHead>
            <Numbers cells={cells} severity={[severity]} sources={sources} since={since} asOf={asOf} />
          </Row>
        ))}
        <Row className="font-semibold">
          <RowHead className="font-semibold">All</RowHead>
          <Numbers cells={total} severity={[]} sources={sources} since={since} asOf={asOf} />
        </Row>
      </Table>
      <p className="border-t border-line px-3.5 py-2.5 text-12 text-text-2">
        New and fixed {inSentence(sinceWords(since, isPast))}.{" "}
        <NextLink href={withTeam("/trends", team)} className="link">
          Where it is going
        </NextLink>
      </p>
    </Block>
  );
}

const inSentence = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

type NumbersProps = {
  cells: Cells;
  severity: SeverityName[];
  sources: SourceName[];
  since: Overview["since"];
  asOf: string | undefined;
};

function Numbers({ cells, severity, sources, since, asOf }: NumbersProps) {
  const team = useTeam();
  const moved = (movement: Movement) =>
    movedListAddress({ severity, team }, { movement: [movement], movedFrom: since.from, movedTo: since.to });
  return (
    <>
      {sources.map((source) => (
        <Cell key={source} side="right" className="max-sm:hidden">
          <Count
            value={cells.bySource[source] ?? 0}
            href={openListAddress({ severity, source: [source], team }, { asOf })}
          />
        </Cell>
      ))}
      <Cell side="right" className="font-semibold">
        <Count value={cells.open} href={openListAddress({ severity, team }, { asOf })} />
      </Cell>
      <Cell side="right">
        <Change by={cells.new} href={moved("new")} />
      </Cell>
      <Cell side="right">
        <Change by={-cells.fixed} href={moved("fixed")} />
      </Cell>
    </>
  );
}

function Count({ value, href }: { value: number; href: string }) {
  return (
    <NextLink href={href} prefetch={false} className={classNames("hover:underline", value === 0 && "text-text-3")}>
      {formatCount(value)}
    </NextLink>
  );
}

function Change({ by, href }: { by: number; href: string }) {
  // Minus zero is zero too.
  return (
    <NextLink href={href} prefetch={false} className={classNames("hover:underline", changeTone(by))}>
      {by === 0 ? "0" : formatChange(by)}
    </NextLink>
  );
}
