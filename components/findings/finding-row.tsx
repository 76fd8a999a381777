import { type MouseEvent, memo } from "react";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import type { Finding } from "#lib/domain/finding.ts";
import type { ListColumn } from "#lib/domain/list-column-words.ts";
import { besideCard, boxOf, COLUMNS } from "./columns.ts";
import { CELLS } from "./finding-cells.tsx";
import { findingHeadline } from "./finding-noun.ts";

export const CELL = "h-[34px] px-1.5 md:whitespace-nowrap max-md:block max-md:h-auto max-md:w-auto max-md:p-0";

type FindingRowProps = {
  finding: Finding;
  columns: readonly ListColumn[];
  /** A person chose the columns: all of them are on a small screen too. */
  isChosen: boolean;
  /** From 0, in the whole list. */
  index: number;
  isOpen: boolean;
  isSelected: boolean;
  /** It was decided about and leaves the list. */
  isLeaving: boolean;
  onOpen: (id: string) => void;
  onSelect: (index: number, isRange: boolean) => void;
};

/** One finding in a line. The whole line opens it; the link in it does the same by keyboard or in another tab. */
export const FindingRow = memo(function FindingRow(props: FindingRowProps) {
  const { finding, columns, isChosen, index, isOpen, isSelected, isLeaving, onOpen, onSelect } = props;
  const besideColumns = isChosen ? besideCard(columns) : [];
  const open = (event: MouseEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(finding.id);
  };
  const select = (event: MouseEvent) => {
    event.stopPropagation();
    onSelect(index, event.shiftKey);
  };
  return (
    <tr
      data-index={index}
      // The head is row 1.
      aria-rowindex={index + 2}
      aria-current={isOpen || undefined}
      onClick={open}
      className={classNames(
        "cursor-pointer border-t border-line first:border-t-0 hover:bg-raised",
        // A card has one height: what is not drawn is reckoned with it.
        "max-md:grid max-md:content-center max-md:gap-x-2 max-md:gap-y-0.5 max-md:px-3",
        "max-md:grid-cols-[28px_auto_minmax(0,1fr)_auto]",
        besideColumns.length > 0
          ? "max-md:h-[148px] max-md:[grid-template-areas:'select_severity_due_age''select_finding_finding_finding''select_resource_resource_exploited''select_more_more_more']"
          : "max-md:h-[108px] max-md:[grid-template-areas:'select_severity_due_age''select_finding_finding_finding''select_resource_resource_exploited']",
        "transition-opacity duration-(--duration-base)",
        isSelected && "bg-accent-soft hover:bg-accent-soft",
        isLeaving && "opacity-0",
        isOpen && "bg-raised shadow-[inset_2px_0_var(--color-accent)]",
      )}
    >
      {/* The whole cell selects; it is no way to open the row. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box in it takes the keyboard, and x does */}
      <td className={classNames(CELL, boxOf("select", isChosen), "cursor-default")} onClick={select}>
        <Checkbox
          checked={isSelected}
          readOnly
          aria-label={`Select ${visibleText(findingHeadline(finding))}`}
          className="align-middle"
        />
      </td>
      {columns.map((name) => (
        <FindingCell key={name} name={name} finding={finding} isChosen={isChosen} />
      ))}
      {besideColumns.length > 0 ? <CardLine finding={finding} columns={besideColumns} /> : null}
    </tr>
  );
});

type FindingCellProps = { name: ListColumn; finding: Finding; isChosen: boolean };

function FindingCell({ name, finding, isChosen }: FindingCellProps) {
  const { draw, look, title } = CELLS[name];
  const whole = title?.(finding);
  // A card says nothing of a due date that is not there.
  const isLeftOut = name === "due" && finding.dueAt === null;
  const shown = {
    className: classNames(CELL, boxOf(name, isChosen), look, isLeftOut && "max-md:hidden"),
    title: whole && visibleText(whole),
  };
  return name === "finding" ? (
    <th scope="row" {...shown}>
      {draw(finding)}
    </th>
  ) : (
    <td {...shown}>{draw(finding)}</td>
  );
}

/** The last line of a card: what was chosen, is known, and has no place of its own there. */
function CardLine({ finding, columns }: { finding: Finding; columns: readonly ListColumn[] }) {
  return (
    <td className="line-clamp-2 text-12 text-text-2 wrap-anywhere [grid-area:more] md:hidden">
      {columns.map((name) => (
        <span key={name} className="mr-2.5 has-data-none:hidden">
          <span className="text-text-3">{COLUMNS[name].head} </span>
          {CELLS[name].draw(finding)}{" "}
        </span>
      ))}
    </td>
  );
}
