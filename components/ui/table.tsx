import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { ScrollRegion } from "./scroll-region.tsx";

const SIDE = { left: "text-left", right: "text-right" };
const EDGE = "px-2.5 first:pl-3.5 last:pr-3.5";

/** A real table. `caption` says what it holds; it is read out, not shown. It scrolls sideways where it must. */
export function Table({ caption, head, children }: { caption: string; head: ReactNode; children: ReactNode }) {
  return (
    <ScrollRegion label={caption} className="relative overflow-x-auto focus-visible:outline-offset-[-2px]">
      <table className="w-full border-collapse">
        <caption className="sr-only">{caption}</caption>
        <thead className="border-b border-line">
          <tr>{head}</tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </ScrollRegion>
  );
}

type CellProps = { side?: keyof typeof SIDE };

/** The head of a column. */
export function ColumnHead({ side = "left", className, ...rest }: CellProps & ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...rest}
      className={classNames("h-8 text-12 font-medium whitespace-nowrap text-text-3", EDGE, SIDE[side], className)}
    />
  );
}

/** A row. `isInteractive`: it answers the pointer. */
export function Row({ isInteractive, className, ...rest }: { isInteractive?: boolean } & ComponentProps<"tr">) {
  return <tr {...rest} className={classNames(isInteractive && "hover:bg-raised", className)} />;
}

/** The cell that names its row. */
export function RowHead({ className, ...rest }: ComponentProps<"th">) {
  return <th scope="row" {...rest} className={classNames("h-(--size-row) text-left font-medium", EDGE, className)} />;
}

export function Cell({ side = "left", className, ...rest }: CellProps & ComponentProps<"td">) {
  return <td {...rest} className={classNames("h-(--size-row)", EDGE, SIDE[side], className)} />;
}
