"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { type MouseEvent, useId, useState } from "react";
import { IconButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { formatCount, formatTotal } from "#components/ui/numbers.ts";
import { SeverityGlyph, severityWord } from "#components/ui/severity.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText, visibleText } from "#components/ui/untrusted-text.tsx";
import { type FindingListFilter, findingsQuery } from "#lib/client/findings.ts";
import { toSearchParams } from "#lib/domain/filter-text.ts";
import type { Finding } from "#lib/domain/finding.ts";
import type { FindingGroup } from "#lib/domain/finding-groups.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { TRIAGE_ACT_KINDS } from "#lib/domain/triage-words.ts";
import { findingNoun, findingTitle } from "./finding-noun.ts";
import { ActItems } from "./triage/bulk-tools.tsx";
import type { ListTriage } from "./triage/use-list-triage.tsx";
import { accountWord } from "./words.ts";

const SHOWN = 10;

type GroupRowProps = {
  group: FindingGroup;
  filter: FindingListFilter;
  onOpen: (id: string) => void;
  /** Begins an act about all of a group; null where nothing can be decided. */
  onAct: ListTriage["startAboutAll"] | null;
};

/** One group: what it is, how many of each severity; its first findings under it when it is opened. */
export function GroupRow({ group, filter, onOpen, onAct }: GroupRowProps) {
  const [isOpen, setIsOpen] = useState(false);
  const listId = useId();
  const { label, about, account, total } = group;
  const all = { ...filter, ...group.conditions };
  const href = `/findings?${toSearchParams({ ...all, limit: undefined })}`;
  return (
    <li>
      <div className="flex min-h-(--size-row) items-center gap-2 px-3.5 hover:bg-raised max-md:flex-wrap max-md:px-3 max-md:py-2">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          onClick={() => setIsOpen(!isOpen)}
          className="flex min-w-0 flex-1 items-center gap-2 py-1.5 text-left max-md:basis-full"
        >
          <Icon name="down" className={isOpen ? "text-text-3" : "-rotate-90 text-text-3"} />
          <UntrustedText text={label} className="max-w-[60%] shrink-0 truncate font-medium" />
          {about ? <UntrustedText text={about} className="min-w-0 truncate text-text-2" /> : null}
        </button>
        {account ? (
          <UntrustedText
            text={accountWord(account.id, account.name)}
            className="max-w-36 truncate text-12 text-text-3 max-md:hidden"
          />
        ) : null}
        <SeverityCounts bySeverity={group.bySeverity} />
        <NextLink href={href} prefetch={false} className="link min-w-16 text-right tabular-nums max-md:ml-auto">
          {formatTotal(total)}
          <span className="sr-only"> findings of {label}: open their list</span>
        </NextLink>
        {onAct ? (
          <Menu
            trigger={
              <IconButton size="small" icon="more" label={`Decide about all findings of ${visibleText(label)}`} />
            }
          >
            <ActItems kinds={TRIAGE_ACT_KINDS} onAct={(kind) => onAct(all, total, kind)} />
          </Menu>
        ) : null}
      </div>
      {isOpen ? <GroupFindings id={listId} filter={all} href={href} onOpen={onOpen} /> : null}
    </li>
  );
}

function SeverityCounts({ bySeverity }: Pick<FindingGroup, "bySeverity">) {
  return (
    <ul aria-label="By severity" className="flex flex-none items-center gap-2.5">
      {SEVERITIES.filter((severity) => bySeverity[severity] > 0).map((severity) => (
        <li key={severity} className="flex items-center gap-1 text-12 text-text-2 tabular-nums">
          <SeverityGlyph severity={severity} className="size-3.5" />
          {formatCount(bySeverity[severity])}
          <span className="sr-only"> {severityWord(severity)}</span>
        </li>
      ))}
    </ul>
  );
}

type GroupFindingsProps = { id: string; filter: FindingListFilter; href: string; onOpen: GroupRowProps["onOpen"] };

function GroupFindings({ id, filter, href, onOpen }: GroupFindingsProps) {
  const { data, error } = useInfiniteQuery(findingsQuery({ ...filter, limit: SHOWN }));
  const page = data?.pages[0];
  return (
    <div id={id} className="border-t border-line bg-canvas py-1 pr-3.5 pl-8.5 max-md:pl-3">
      {error ? <p className="py-1.5 text-bad-text">These findings did not load. {error.message}</p> : null}
      {page || error ? null : <Skeleton width="60%" />}
      <ul>
        {page?.items.map((finding) => (
          <GroupFinding key={finding.id} finding={finding} onOpen={onOpen} />
        ))}
      </ul>
      {page?.nextCursor ? (
        <NextLink href={href} prefetch={false} className="link inline-block py-1.5 text-12">
          All {formatTotal(page.total)} findings
        </NextLink>
      ) : null}
    </div>
  );
}

function GroupFinding({ finding, onOpen }: { finding: Finding; onOpen: GroupRowProps["onOpen"] }) {
  const noun = findingNoun(finding);
  const open = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(finding.id);
  };
  return (
    <li className="flex min-h-8 items-center gap-2 max-md:min-h-11">
      <SeverityGlyph severity={finding.severity} className="size-3.5" />
      <a
        href={`/findings/${finding.id}`}
        onClick={open}
        className="flex min-w-0 flex-1 items-baseline gap-2 hover:underline"
      >
        <span className="sr-only">{severityWord(finding.severity)}: </span>
        {noun ? <UntrustedText text={noun.text} className="truncate font-medium" /> : null}
        <UntrustedText text={findingTitle(finding)} className="min-w-0 truncate text-text-2" />
      </a>
      <UntrustedText
        text={finding.resource.name || finding.resource.id}
        className="max-w-48 truncate text-12 text-text-3 max-md:hidden"
      />
      <span className="w-14 text-right text-12 text-text-3">
        <Time at={finding.firstObservedAt} format="age" />
      </span>
    </li>
  );
}
