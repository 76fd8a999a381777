import NextLink from "next/link";
import { useId } from "react";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import type { Figure, Grid, GridCell, Paper, Section, Tone } from "#lib/domain/paper.ts";
import { ReportPicture } from "./report-picture.tsx";

const TONES: Record<Tone, string> = { good: "text-ok-text", bad: "text-bad-text", plain: "text-text-3" };

/**
 * A report as a page. `narrow` is the same paper, drawn for a small screen. `isOpen`: whoever reads it may open the lists
 * behind the numbers.
 */
export function ReportPaper({ paper, narrow, isOpen }: { paper: Paper; narrow: Paper; isOpen: boolean }) {
  const { lead, figures, sections, terms } = paper;
  return (
    <div className="grid max-w-[820px] gap-6">
      <p className="max-w-[72ch] text-16 text-pretty">{lead}</p>
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(128px,1fr))] gap-x-5 gap-y-4 border-y border-line py-4">
        {figures.map((figure) => (
          <Headline key={figure.name} figure={figure} isOpen={isOpen} />
        ))}
      </dl>
      {sections.map((section, index) => (
        <Part key={section.title} section={section} narrow={narrow.sections[index]} isOpen={isOpen} />
      ))}
      <section>
        <h2>How this is counted</h2>
        <dl className="mt-2 columns-2 gap-7 text-12 text-text-2 max-md:columns-1">
          {terms.map(({ term, text }) => (
            <div key={term} className="mb-2 break-inside-avoid">
              <dt className="font-semibold text-text">{term}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}

function Headline({ figure, isOpen }: { figure: Figure; isOpen: boolean }) {
  const { name, value, change, tone, note, href } = figure;
  return (
    <div className="row-span-2 grid grid-rows-subgrid gap-y-0">
      <dt className="self-end text-text-2">{name}</dt>
      <dd className="text-20 font-semibold tracking-[-0.015em]">
        {href && isOpen ? (
          <NextLink href={href} prefetch={false} className="hover:underline">
            {value}
          </NextLink>
        ) : (
          value
        )}
        {change === null ? null : (
          <span className={`ml-1.5 text-13 font-medium tracking-normal ${TONES[tone]}`}>{change}</span>
        )}
        <span className="block text-12 font-normal tracking-normal text-text-3">{note}</span>
      </dd>
    </div>
  );
}

type PartProps = { section: Section; narrow: Section | undefined; isOpen: boolean };

function Part({ section, narrow, isOpen }: PartProps) {
  const { title, note, picture, table, isTableFolded } = section;
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="break-after-avoid">
        {title}
      </h2>
      <p className="max-w-[84ch] text-pretty text-text-2">{note}</p>
      {picture ? <ReportPicture wide={picture} narrow={narrow?.picture ?? picture} /> : null}
      {table && isTableFolded ? (
        <>
          <details className="mt-1 print:hidden">
            <summary className="cursor-pointer text-12 text-text-3 hover:text-text">Show as table</summary>
            <ReportTable title={title} table={table} isOpen={isOpen} />
          </details>
          <div className="hidden print:block">
            <ReportTable title={title} table={table} isOpen={false} />
          </div>
        </>
      ) : null}
      {table && !isTableFolded ? <ReportTable title={title} table={table} isOpen={isOpen} /> : null}
    </section>
  );
}

function ReportTable({ title, table, isOpen }: { title: string; table: Grid; isOpen: boolean }) {
  const { heads, sides, rows } = table;
  return (
    <Table
      caption={title}
      head={heads.map((head, index) => (
        <ColumnHead key={head} side={sides[index]} className="first:pl-0! last:pr-0!">
          {head}
        </ColumnHead>
      ))}
    >
      {rows.map((cells) => (
        <Row key={cells.map(({ text }) => text).join(" ")} className="break-inside-avoid">
          {cells.map((cell, index) =>
            index === 0 ? (
              <RowHead key={heads[index]} className="pl-0! wrap-anywhere">
                {cell.text}
              </RowHead>
            ) : (
              <Cell
                key={heads[index]}
                side={sides[index]}
                className={`last:pr-0! ${cell.tone ? TONES[cell.tone] : ""}`}
              >
                <Content cell={cell} isOpen={isOpen} />
              </Cell>
            ),
          )}
        </Row>
      ))}
    </Table>
  );
}

function Content({ cell: { text, href }, isOpen }: { cell: GridCell; isOpen: boolean }) {
  if (!href || !isOpen) return text;
  return (
    <NextLink href={href} prefetch={false} className="hover:underline">
      {text}
    </NextLink>
  );
}
