"use client";
import { useRef } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { Finding } from "#lib/domain/finding.ts";
import type { FindingSort } from "#lib/domain/finding-filter.ts";
import { COLUMN_NAMES, COLUMN_SORTS, COLUMNS, type ColumnName } from "./columns.ts";
import { FindingRow } from "./finding-row.tsx";
import { type Followed, useFollow } from "./use-follow.ts";
import { useRowWindow } from "./use-row-window.ts";

type FindingsTableProps = {
  findings: Finding[];
  /** Of the whole list; null where counting stopped early. */
  total: number | null;
  caption: string;
  sort: FindingSort;
  openId: string | null;
  /** The row that the keyboard is on: it is kept in view and holds the focus. */
  followed: Followed;
  onOpen: (id: string) => void;
  onSort: (sort: FindingSort) => void;
  onNearEnd: () => void;
};

/** The list. Only the rows near the window are drawn; screen readers are told of all of them. */
export function FindingsTable(props: FindingsTableProps) {
  const { findings, total, caption, sort, openId, followed, onOpen, onSort, onNearEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, before, after, measure, scrollTo } = useRowWindow({ count: findings.length, scroller, onNearEnd });
  useFollow(scroller, followed, scrollTo);
  return (
    <div ref={scroller} className="min-h-0 flex-1 border-t border-line md:overflow-auto">
      {/* One more than the findings: the head counts. */}
      <table
        aria-rowcount={total === null ? -1 : total + 1}
        className="w-full table-fixed border-collapse max-md:block"
      >
        <caption className="sr-only">{caption}</caption>
        <thead className="max-md:sr-only">
          <tr aria-rowindex={1}>
            {COLUMN_NAMES.map((name) => (
              <SortableHead key={name} name={name} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <Spacer height={before} />
        <tbody className="max-md:block">
          {rows.map(({ index, key }) => {
            const finding = findings[index];
            if (!finding) return null;
            return (
              <FindingRow
                key={key}
                finding={finding}
                index={index}
                isOpen={finding.id === openId}
                onOpen={onOpen}
                measure={measure}
              />
            );
          })}
        </tbody>
        <Spacer height={after} />
      </table>
    </div>
  );
}

/** Stands for the rows that are not drawn. */
function Spacer({ height }: { height: number }) {
  return (
    <tbody aria-hidden="true" className="max-md:block">
      <tr className="max-md:block">
        <td className="p-0 max-md:block" style={{ height }} />
      </tr>
    </tbody>
  );
}

function SortableHead({
  name,
  sort,
  onSort,
}: {
  name: ColumnName;
  sort: FindingSort;
  onSort: FindingsTableProps["onSort"];
}) {
  const { head, box } = COLUMNS[name];
  const sorting = COLUMN_SORTS[name];
  const state = sorting?.state(sort);
  return (
    <th
      scope="col"
      aria-sort={state}
      className={classNames(
        "sticky top-0 z-2 h-[30px] bg-surface px-1.5 text-left text-12 font-medium whitespace-nowrap shadow-[inset_0_-1px_var(--color-line)]",
        state ? "text-text" : "text-text-3",
        box,
      )}
    >
      {sorting ? (
        <button
          type="button"
          onClick={() => onSort(sorting.next(sort))}
          className="touch-target inline-flex items-center gap-[3px] hover:text-text"
        >
          {head}
          {state ? <Icon name={state === "descending" ? "down" : "up"} className="size-3" /> : null}
        </button>
      ) : (
        head
      )}
    </th>
  );
}
