"use client";
import NextLink from "next/link";
import { useState } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";

export type ChartTableProps = {
  caption: string;
  /** The first column names the row. */
  head: string[];
  rows: { title: string; note?: string | null; cells: { text: string; href?: string | null }[] }[];
};

/** The numbers of a chart, made only when they are asked for: a year has many rows. */
export function ChartTable({ caption, head, rows }: ChartTableProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="group mt-3 border-t border-line pt-1.5 print:hidden"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="touch-target inline-flex items-center gap-1 py-0.5 text-12 text-text-3 hover:text-text">
        <Icon name="down" className="size-3.5 -rotate-90 group-open:rotate-0" />
        Show as table
      </summary>
      {isOpen ? (
        <div className="mt-1 max-h-96 overflow-y-auto">
          <Table
            caption={caption}
            head={head.map((word, index) => (
              <ColumnHead key={word} side={index === 0 ? "left" : "right"}>
                {word}
              </ColumnHead>
            ))}
          >
            {rows.map(({ title, cells, note }) => (
              <Row key={title}>
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
            ))}
          </Table>
        </div>
      ) : null}
    </details>
  );
}
