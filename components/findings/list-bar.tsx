"use client";
import { useQuery } from "@tanstack/react-query";
import { dayAndYear } from "#components/charts/days.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuChoices, MenuLink } from "#components/ui/menu.tsx";
import { formatTotal } from "#components/ui/numbers.ts";
import { Time } from "#components/ui/time.tsx";
import type { FindingListFilter } from "#lib/client/findings.ts";
import { fixesAddress } from "#lib/client/fixes.ts";
import { freshnessQuery } from "#lib/client/freshness.ts";
import { FINDING_SORTS, GROUP_KEYS } from "#lib/domain/filter-words.ts";
import { CONDITION_NAMES } from "#lib/domain/finding-conditions.ts";
import type { FindingSort } from "#lib/domain/finding-filter.ts";
import type { GroupKey } from "#lib/domain/finding-groups.ts";
import type { FindingPage } from "#lib/domain/finding-page.ts";
import { ColumnsMenu } from "./columns-menu.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { narrows } from "./findings-address.ts";
import { GROUP_WORDS } from "./group-words.ts";
import { RecentDecisions } from "./triage/recent-decisions.tsx";
import type { ShownColumns } from "./use-list-columns.ts";
import { ViewsMenu } from "./views-menu.tsx";
import { SHORT_SORT_WORDS, SORT_WORDS } from "./words.ts";

const GROUP_CHOICES: { value: GroupKey | "nothing"; label: string }[] = [
  { value: "nothing", label: "Nothing" },
  ...GROUP_KEYS.map((value) => ({ value, label: GROUP_WORDS[value].choice })),
];
const SORTS = FINDING_SORTS.map((value) => ({ value, label: SORT_WORDS[value] }));

type ListBarProps = {
  filter: FindingListFilter;
  total: FindingPage["total"] | undefined;
  isBusy: boolean;
  news: { text: string; onShow: () => void } | null;
  by: GroupKey | null;
  columns: ShownColumns;
  /** The list as a view would keep it. */
  viewQuery: string;
  viewId: string | null;
  onBy: (by: GroupKey | null) => void;
  onSort: (sort: FindingSort) => void;
  onFilters: () => void;
  onUndo: (decisionId: string) => void;
};

/** How many there are, what is new since, and what can be done with the list as a whole. */
export function ListBar({
  filter,
  total,
  isBusy,
  news,
  by,
  columns,
  viewQuery,
  viewId,
  onBy,
  onSort,
  onFilters,
  onUndo,
}: ListBarProps) {
  const conditions = CONDITION_NAMES.filter((name) => narrows(filter, name)).length;
  const count = total ? formatTotal(total) : null;
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-2 gap-y-1 px-3.5 py-[7px] max-md:px-3">
      <h1 className="text-13 tracking-normal" aria-live="polite" aria-busy={isBusy}>
        {count === null ? "Findings" : `${count} ${total?.count === 1 ? "finding" : "findings"}`}
        {by === null ? null : <span className="sr-only"> by {GROUP_WORDS[by].one}</span>}
      </h1>
      {filter.asOf === undefined ? <AsOf /> : <LookingBack asOf={filter.asOf} />}
      {isBusy ? <Icon name="ring" className="size-3 animate-spin text-text-3 motion-reduce:animate-none" /> : null}
      {news ? (
        <Button look="rest" size="small" icon="refresh" onClick={news.onShow}>
          {news.text}
        </Button>
      ) : null}
      <div className="ml-auto flex items-center gap-0.5">
        <Button size="small" icon="filter" onClick={onFilters} className="mr-1 min-[1280px]:hidden">
          Filters <b className="font-semibold">{conditions}</b>
        </Button>
        <ViewsMenu viewId={viewId} query={viewQuery} />
        <Menu
          trigger={
            <Button look="ghost" size="small" icon="layers">
              <span className="@max-[840px]:sr-only">{by === null ? "Group by" : `By ${GROUP_WORDS[by].one}`}</span>
            </Button>
          }
        >
          <MenuChoices
            label="Group by"
            choices={GROUP_CHOICES}
            value={by ?? "nothing"}
            onChange={(value) => onBy(value === "nothing" ? null : value)}
          />
          <MenuLink icon="arrow" href={fixesAddress(filter)}>
            By fix: one change, what it closes
          </MenuLink>
        </Menu>
        <Menu
          trigger={
            <Button look="ghost" size="small" icon="sort">
              <span className="sr-only">Sorted by </span>
              <span className="@max-[840px]:hidden">{SORT_WORDS[filter.sort]}</span>
              <span className="hidden @max-[840px]:inline">{SHORT_SORT_WORDS[filter.sort]}</span>
            </Button>
          }
        >
          <MenuChoices label="Sort by" choices={SORTS} value={filter.sort} onChange={onSort} />
        </Menu>
        {by === null ? <ColumnsMenu {...columns} /> : null}
        <RecentDecisions onUndo={onUndo} />
        <ExportMenu filter={filter} columns={columns.shown} total={total} />
      </div>
    </div>
  );
}

/** A count without its time is half a count. */
function AsOf() {
  const asOf = useQuery(freshnessQuery()).data?.asOf;
  if (!asOf) return null;
  return (
    <span className="whitespace-nowrap text-text-3 max-md:hidden">
      as of <Time at={asOf} format="as-of" />
    </span>
  );
}

/** The list as it stood: what a row says beside its status and its severity is still today's. */
function LookingBack({ asOf }: { asOf: string }) {
  return (
    <span className="text-text-3" title="Status, severity and score are of that moment; everything else is today’s">
      {isDay(asOf) ? (
        `at the end of ${dayAndYear(asOf)}, UTC`
      ) : (
        <>
          as of <Time at={asOf} format="as-of" />
        </>
      )}
      <span className="max-md:hidden">; age, exploits and fixes are today’s</span>
    </span>
  );
}

const isDay = (asOf: string): boolean => asOf.length === 10;
