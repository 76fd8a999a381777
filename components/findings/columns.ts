import type { FindingSort } from "#lib/domain/finding-filter.ts";

/**
 * The columns in their order. A column leaves when its pane is narrow: first id, then source and account, assignee, fix,
 * EPSS, resource, age; the box, severity, finding, exploit and due never. Below 760 px a row is a card of three lines.
 */
export const COLUMNS = {
  select: { head: "Select", box: "w-[38px] pl-3.5 max-md:[grid-area:select]" },
  severity: { head: "Severity", box: "w-[98px] max-md:[grid-area:severity]" },
  finding: { head: "Finding", box: "max-md:[grid-area:finding]" },
  id: { head: "Id", box: "w-[134px] @max-[1240px]:hidden max-md:hidden" },
  resource: {
    head: "Resource",
    box: "w-[152px] @max-[600px]:max-md:block @max-[600px]:md:hidden max-md:[grid-area:resource]",
  },
  account: { head: "Account", box: "w-[124px] @max-[1020px]:hidden max-md:hidden" },
  source: { head: "Source", box: "w-[80px] @max-[1160px]:hidden max-md:hidden" },
  exploited: { head: "Exploit", box: "w-[72px] max-md:[grid-area:exploited] max-md:text-right" },
  epss: { head: "EPSS", box: "w-[52px] text-right @max-[790px]:hidden max-md:hidden" },
  fix: { head: "Fix", box: "w-[52px] pl-3 @max-[860px]:hidden max-md:hidden" },
  due: { head: "Due", box: "w-[84px] text-right max-md:[grid-area:due]" },
  assignee: { head: "Assignee", box: "w-[84px] pl-3 @max-[960px]:hidden max-md:hidden" },
  age: { head: "Age", box: "w-[56px] pr-3.5 text-right @max-[640px]:md:hidden max-md:[grid-area:age]" },
} satisfies Record<string, { head: string; box: string }>;

export type ColumnName = keyof typeof COLUMNS;
export const COLUMN_NAMES = Object.keys(COLUMNS) as ColumnName[]; // Object.keys forgets the keys' type

type SortState = "ascending" | "descending" | undefined;

/** What a press on the head of a column sorts by, and what that column shows while it does. */
export const COLUMN_SORTS: Partial<
  Record<ColumnName, { next: (now: FindingSort) => FindingSort; state: (now: FindingSort) => SortState }>
> = {
  severity: { next: () => "rank", state: (now) => (now === "rank" ? "descending" : undefined) },
  epss: { next: () => "epss", state: (now) => (now === "epss" ? "descending" : undefined) },
  due: { next: () => "due", state: (now) => (now === "due" ? "ascending" : undefined) },
  age: {
    next: (now) => (now === "newest" ? "oldest" : "newest"),
    // The newest finding has the smallest age.
    state: (now) => ({ newest: "ascending" as const, oldest: "descending" as const })[String(now)],
  },
};
