"use client";
import NextLink from "next/link";
import { useState } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { useIsPrinting } from "./use-is-printing.ts";

export type ChartTableProps = {
  caption: string;
  /** The first column names the row. */
  head: string[];
  rows: { title: string; note?: string | null; cells: { text: string; href?: string | null }[] }[];
};

// A year by weeks; by days it would be pages.
const MOST_PRINTED = 60;

/** The numbers of a chart, made only when they are asked for: a year has many rows. On paper the table is open. */
export function ChartTable({ caption, head, rows }: ChartTableProps) {
  const [isOpen, setOpen] = useState(false);
  const isPrinting = useIsPrinting();
  const every = isPrinting ? Math.ceil(rows.length / MOST_PRINTED) : 1;
  return (
    <details
      open={isOpen || isPrinting}
      className="group mt-3 border-t border-line pt-1.5"
      // What printing opens is not what a person has opened.
      onToggle={(event) => (isPrinting ? undefined : setOpen(event.currentTarget.open))}
    >
      <summary className="touch-target inline-flex items-center gap-1 py-0.5 text-12 text-text-3 hover:text-text print:hidden">
        <Icon name="down" className="size-3.5 -rotate-90 group-open:rotate-0" />
        Show as table
      </summary>
      {isOpen || isPrinting ? (
        <div className="mt-1 max-h-96 overflow-y-auto print:max-h-none print:overflow-visible">
          {every > 1 ? <p className="text-12 text-text-3">One row in {every}, the newest first.</p> : null}
          <Table
            caption={caption}
            head={head.map((word, index) => (
              <ColumnHead key={word} side={index === 0 ? "left" : "right"}>
                {word}
              </ColumnHead>
            ))}
          >
            {rows
              .filter((_, index) => index % every === 0)
              .map((row) => (
                <NumbersRow key={row.title} row={row} head={head} />
              ))}
          </Table>
        </div>
      ) : null}
    </details>
  );
}

function NumbersRow({ row: { title, cells, note }, head }: { row: ChartTableProps["rows"][number]; head: string[] }) {
  return (
    <Row>
      <RowHead className="whitespace-nowrap">
        {title}
        {note ? <span className="ml-2 font-normal text-warn-text">{note}</span> : null}
      </RowHead>
      {cells.map(({ text, href }, index) => (
        <Cell key={head[index + 1]} side="right">
          {href ? (
            <NextLink href={href} prefetch={false} className="hover:underline">
              {text}
            </NextLink>
          ) : (
            text
          )}
        </Cell>
      ))}
    </Row>
  );
}
