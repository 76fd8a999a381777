import NextLink from "next/link";
import { formatChange, formatCount } from "#components/ui/numbers.ts";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { type ComparedRow, type ComparedSide, toComparedRows } from "./compare-rows.ts";

/** Why two numbers differ, side by side. */
export function CompareTable({ a, b }: { a: ComparedSide; b: ComparedSide }) {
  return (
    <div className="-mx-4 mt-3 border-t border-line">
      <Table
        caption={`Differences: ${a.name.whole} and ${b.name.whole}`}
        head={
          <>
            <ColumnHead>
              <span className="sr-only">What</span>
            </ColumnHead>
            <ColumnHead side="right">{a.name.short}</ColumnHead>
            <ColumnHead side="right">{b.name.short}</ColumnHead>
            <ColumnHead side="right">Difference</ColumnHead>
          </>
        }
      >
        {toComparedRows(a, b).map((row) => (
          <ComparedRowView key={row.key} row={row} />
        ))}
      </Table>
    </div>
  );
}

function ComparedRowView({ row }: { row: ComparedRow }) {
  const { label, kind, a, b } = row;
  const isTotal = kind === "total";
  return (
    <Row className={isTotal ? "bg-raised" : undefined}>
      <RowHead className={isTotal ? undefined : "font-normal!"}>{label}</RowHead>
      {[a, b].map((amount, index) => (
        <Cell key={index === 0 ? "a" : "b"} side="right" className={isTotal ? "font-semibold" : undefined}>
          <Figure amount={amount} kind={kind} />
        </Cell>
      ))}
      <Cell side="right" className={isTotal ? "font-semibold" : "text-text-2"}>
        {a.value === null || b.value === null ? "–" : formatChange(a.value - b.value)}
      </Cell>
    </Row>
  );
}

function Figure({ amount: { value, href }, kind }: { amount: ComparedRow["a"]; kind: ComparedRow["kind"] }) {
  if (value === null) return <span title="Not known: before the first sync">–</span>;
  const word = kind === "change" ? formatChange(value) : formatCount(value);
  if (href === null) return word;
  return (
    <NextLink href={href} prefetch={false} className="hover:underline">
      {word}
    </NextLink>
  );
}
