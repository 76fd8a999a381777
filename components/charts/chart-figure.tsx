import { type ReactNode, useId } from "react";
import { CountedLink } from "#components/ui/counted-link.tsx";
import { ChartTable, type ChartTableProps } from "./chart-table.tsx";

/** A chart under its title, with how it is counted beside it and the same numbers as a table below it. */
export function ChartFigure(props: {
  title: string;
  note: ReactNode;
  /** The address of its definition. */
  countedHref: string;
  table?: Omit<ChartTableProps, "caption">;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { title, note, countedHref, table, actions, children } = props;
  const id = useId();
  return (
    <figure aria-labelledby={id} className="min-w-0 rounded-lg border border-line bg-surface px-4 pt-3.5 pb-2.5">
      <figcaption className="mb-3 flex break-after-avoid flex-wrap items-start gap-x-3 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-72">
          <h2 id={id}>{title}</h2>
          <p className="text-text-2">{note}</p>
        </div>
        <div className="flex flex-wrap items-center gap-3 print:hidden">
          {actions}
          <CountedLink href={countedHref} of={title} />
        </div>
      </figcaption>
      <div className="break-inside-avoid">{children}</div>
      {table ? <ChartTable caption={title} {...table} /> : null}
    </figure>
  );
}
