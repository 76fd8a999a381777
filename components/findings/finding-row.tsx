import { type MouseEvent, memo } from "react";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { useNow } from "#components/ui/clock.tsx";
import { formatPercent } from "#components/ui/numbers.ts";
import { Severity } from "#components/ui/severity.tsx";
import { ExploitedTag, Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText, visibleText } from "#components/ui/untrusted-text.tsx";
import type { Finding } from "#lib/domain/finding.ts";
import { COLUMNS, type ColumnName } from "./columns.ts";
import { findingHeadline, findingNoun, findingTitle } from "./finding-noun.ts";
import { untilWords } from "./triage/act-words.ts";
import { accountWord, FIX_WORDS, HOLD_WORDS, SOURCE_WORDS } from "./words.ts";

export const CELL = "h-[34px] px-1.5 max-md:block max-md:h-auto max-md:w-auto max-md:p-0";
const cellClass = (name: ColumnName, more?: string) => classNames(CELL, COLUMNS[name].box, more);

type FindingRowProps = {
  finding: Finding;
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
  const { finding, index, isOpen, isSelected, isLeaving, onOpen, onSelect } = props;
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
        "max-md:grid max-md:h-[108px] max-md:content-center max-md:gap-x-2 max-md:gap-y-0.5 max-md:px-3",
        "max-md:grid-cols-[28px_auto_minmax(0,1fr)_auto] max-md:[grid-template-areas:'select_severity_due_age''select_finding_finding_finding''select_resource_resource_exploited']",
        "transition-opacity duration-(--duration-base)",
        isSelected && "bg-accent-soft hover:bg-accent-soft",
        isLeaving && "opacity-0",
        isOpen && "bg-raised shadow-[inset_2px_0_var(--color-accent)]",
      )}
    >
      {/* The whole cell selects; it is no way to open the row. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box in it takes the keyboard, and x does */}
      <td className={cellClass("select", "cursor-default")} onClick={select}>
        <Checkbox
          checked={isSelected}
          readOnly
          aria-label={`Select ${visibleText(findingHeadline(finding))}`}
          className="align-middle"
        />
      </td>
      <td className={cellClass("severity")}>
        <Severity severity={finding.severity} />
      </td>
      <th scope="row" className={cellClass("finding", "text-left font-normal")}>
        <FindingName finding={finding} />
      </th>
      <td className={cellClass("id", "truncate text-text-2")}>
        <FindingIdentifier finding={finding} />
      </td>
      <td className={cellClass("resource", "truncate text-text-2")} title={visibleText(finding.resource.id)}>
        <UntrustedText text={finding.resource.name || finding.resource.id} />
      </td>
      <td className={cellClass("account", "truncate text-text-2")} title={visibleText(finding.accountId)}>
        <UntrustedText text={accountWord(finding.accountId, finding.accountName)} />
      </td>
      <td className={cellClass("source", "truncate text-text-2")}>{SOURCE_WORDS[finding.source]}</td>
      <td className={cellClass("exploited")}>
        <Exploitation finding={finding} />
      </td>
      <td className={cellClass("epss", "text-12 text-text-2")}>
        {finding.epss === null ? <Unknown /> : formatPercent(finding.epss)}
      </td>
      <td className={cellClass("fix", "text-text-2")}>
        {finding.fixAvailable === null ? <Unknown /> : FIX_WORDS[finding.fixAvailable]}
      </td>
      <td className={cellClass("due", finding.dueAt === null ? "max-md:hidden" : "text-text-2")}>
        <Due at={finding.dueAt} />
      </td>
      <td className={cellClass("assignee", "truncate text-text-2")}>
        {finding.assignee === null ? <Nobody /> : <UntrustedText text={finding.assignee} />}
      </td>
      <td className={cellClass("age", "text-text-2")}>
        <Time at={finding.firstObservedAt} format="age" />
      </td>
    </tr>
  );
});

function FindingName({ finding }: { finding: Finding }) {
  const noun = findingNoun(finding);
  const title = findingTitle(finding);
  return (
    <a
      href={`/findings/${finding.id}`}
      data-finding={finding.id}
      title={visibleText(title)}
      className="flex min-w-0 items-baseline gap-2 focus-visible:outline-offset-[-2px] max-md:line-clamp-2 max-md:py-0.5"
    >
      {noun ? (
        <UntrustedText
          text={noun.text}
          className={classNames(
            "truncate font-medium max-md:mr-1.5 max-md:whitespace-normal max-md:wrap-anywhere",
            noun.isCode && "font-mono text-12",
          )}
        />
      ) : null}
      <UntrustedText
        text={title}
        className={classNames(
          "min-w-[34%] flex-[1_100_0] truncate max-md:whitespace-normal max-md:wrap-anywhere",
          noun ? "text-text-2" : "font-medium",
        )}
      />
      {finding.suppression ? <SuppressedBy suppression={finding.suppression} /> : null}
    </a>
  );
}

function SuppressedBy({ suppression }: { suppression: NonNullable<Finding["suppression"]> }) {
  const now = useNow();
  const { by, until, userName } = suppression;
  const words = [
    `Suppressed by ${by === "aws" ? "AWS" : HOLD_WORDS[by].toLowerCase()}`,
    until && untilWords(until, now),
    userName,
  ].filter(Boolean);
  return (
    <Tag icon="hide" title={visibleText(words.join(", "))}>
      <span className="sr-only">Suppressed by </span>
      {HOLD_WORDS[by]}
      {until === "fix" ? ", until a fix exists" : null}
    </Tag>
  );
}

function FindingIdentifier({ finding }: { finding: Finding }) {
  if (finding.cve) return <UntrustedText text={finding.cve} />;
  return finding.detectorId ? (
    <UntrustedText text={finding.detectorId} className="font-mono text-[11.5px]" />
  ) : (
    <Unknown />
  );
}

function Exploitation({ finding }: { finding: Finding }) {
  if (finding.knownExploited) return <ExploitedTag word="KEV" title="Known exploited: in CISA’s catalogue" />;
  if (finding.exploitAvailable === "yes")
    return (
      <span className="text-12 text-text-2" title="An exploit is public">
        <span className="md:hidden">Exploit is public</span>
        <span className="max-md:hidden">Public</span>
      </span>
    );
  return null;
}

function Due({ at }: { at: string | null }) {
  const now = useNow();
  if (at === null)
    return (
      <span className="text-text-3" title="No due date">
        –
      </span>
    );
  const isOverdue = new Date(at) < now;
  return (
    <span className={isOverdue ? "font-medium text-bad-text" : undefined}>
      <span className="md:hidden">Due </span>
      <Time at={at} />
      {isOverdue ? <span className="sr-only">, overdue</span> : null}
    </span>
  );
}

function Nobody() {
  return (
    <span className="text-text-3" title="Nobody">
      –
    </span>
  );
}

function Unknown() {
  return (
    <span className="text-text-3" title="Not told by the source">
      –
    </span>
  );
}
