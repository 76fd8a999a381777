"use client";
import { useCallback, useRef } from "react";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import type { Finding } from "#lib/domain/finding.ts";
import type { FindingSort } from "#lib/domain/finding-filter.ts";
import type { ListColumn } from "#lib/domain/list-column-words.ts";
import { besideCard, boxOf, COLUMN_SORTS, COLUMNS, leastWidth } from "./columns.ts";
import { FindingRow } from "./finding-row.tsx";
import type { Selection } from "./triage/use-selection.ts";
import { type Followed, useFollow } from "./use-follow.ts";
import type { ShownColumns } from "./use-list-columns.ts";
import { useRowWindow } from "./use-row-window.ts";

type FindingsTableProps = {
  findings: Finding[];
  columns: ShownColumns;
  /** Of the whole list; null where counting stopped early. */
  total: number | null;
  caption: string;
  sort: FindingSort;
  openId: string | null;
  /** The row that the keyboard is on: it is kept in view and holds the focus. */
  followed: Followed;
  selection: Selection;
  leaving: ReadonlySet<string>;
  onOpen: (id: string) => void;
  onSort: (sort: FindingSort) => void;
  onNearEnd: () => void;
};

/** The list. Only the rows near the window are drawn; screen readers are told of all of them. */
export function FindingsTable(props: FindingsTableProps) {
  const { findings, columns, total, caption, sort, openId, followed, selection, leaving, onOpen, onSort, onNearEnd } =
    props;
  const { shown, isChosen } = columns;
  const scroller = useRef<HTMLDivElement>(null);
  const { from, to, before, after, scrollTo } = useRowWindow({
    count: findings.length,
    scroller,
    hasCardLine: isChosen && besideCard(shown).length > 0,
    onNearEnd,
  });
  useFollow(scroller, followed, scrollTo);
  const { toggle, extendTo } = selection;
  const select = useCallback(
    (index: number, isRange: boolean) => (isRange ? extendTo(index) : toggle(index)),
    [toggle, extendTo],
  );
  return (
    // Rows come and go while it scrolls: a browser that holds on to one of them would move the list against the hand.
    <div ref={scroller} className="min-h-0 flex-1 border-t border-line [overflow-anchor:none] md:overflow-auto">
      {/* One more than the findings: the head counts. */}
      <table
        aria-rowcount={total === null ? -1 : total + 1}
        style={isChosen ? { minWidth: leastWidth(shown) } : undefined}
        className="w-full table-fixed border-collapse max-md:block max-md:min-w-0!"
      >
        <caption className="sr-only">{caption}</caption>
        <thead className="max-md:sr-only">
          <tr aria-rowindex={1}>
            <SelectHead selection={selection} loaded={findings.length} />
            {shown.map((name) => (
              <SortableHead key={name} name={name} isChosen={isChosen} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <Spacer height={before} />
        <tbody className="max-md:block">
          {findings.slice(from, to).map((finding, index) => (
            <FindingRow
              key={finding.id}
              finding={finding}
              columns={shown}
              isChosen={isChosen}
              index={from + index}
              isOpen={finding.id === openId}
              isSelected={selection.isAll || selection.ids.has(finding.id)}
              isLeaving={leaving.has(finding.id)}
              onOpen={onOpen}
              onSelect={select}
            />
          ))}
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

const HEAD =
  "sticky top-0 z-2 h-[30px] bg-surface px-1.5 text-left text-12 font-medium whitespace-nowrap shadow-[inset_0_-1px_var(--color-line)]";

/** Selects what is loaded; the bar that appears extends it to all that match. */
function SelectHead({ selection, loaded }: { selection: Selection; loaded: number }) {
  const isEvery = selection.isAll || (loaded > 0 && selection.size >= loaded);
  return (
    <th scope="col" style={{ width: COLUMNS.select.px }} className={classNames(HEAD, boxOf("select", false))}>
      <Checkbox
        checked={isEvery}
        mixed={!isEvery && selection.size > 0}
        onChange={isEvery ? selection.clear : selection.selectLoaded}
        aria-label={`Select the ${formatCount(loaded)} that are loaded`}
        className="align-middle"
      />
    </th>
  );
}

type SortableHeadProps = {
  name: ListColumn;
  isChosen: boolean;
  sort: FindingSort;
  onSort: FindingsTableProps["onSort"];
};

function SortableHead({ name, isChosen, sort, onSort }: SortableHeadProps) {
  const { head, px } = COLUMNS[name];
  const sorting = COLUMN_SORTS[name];
  const state = sorting?.state(sort);
  return (
    <th
      scope="col"
      aria-sort={state}
      style={{ width: px || undefined }}
      className={classNames(HEAD, state ? "text-text" : "text-text-3", boxOf(name, isChosen))}
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
