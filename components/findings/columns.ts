import type { FindingSort } from "#lib/domain/finding-filter.ts";
import type { ListColumn } from "#lib/domain/list-column-words.ts";

/** The box that selects a row, and what the list says of each finding. */
export type ColumnName = "select" | ListColumn;

type Column = {
  head: string;
  /** How wide it is; 0 = it takes the room that is left. */
  px: number;
  box?: string;
  /** Its place in the card that a row is below 760 px; without one it stands in the card's last line, if it was chosen. */
  card?: string;
  /** When it leaves the usual columns because their pane is narrow. What a person chose stays. */
  leaves?: string;
};

/** Of the usual columns, leave in turn: id, source and account, assignee, fix, EPSS, resource, age. */
export const COLUMNS: Record<ColumnName, Column> = {
  select: { head: "Select", px: 38, box: "pl-3.5", card: "max-md:[grid-area:select]" },
  severity: { head: "Severity", px: 98, card: "max-md:[grid-area:severity]" },
  score: { head: "Score", px: 56, box: "text-right" },
  finding: { head: "Finding", px: 0, card: "max-md:[grid-area:finding]" },
  status: { head: "Status", px: 96 },
  type: { head: "Type", px: 80 },
  id: { head: "Id", px: 134, leaves: "@max-[1240px]:hidden" },
  package: { head: "Package", px: 130 },
  version: { head: "Version", px: 110 },
  "fixed-in": { head: "Fixed in", px: 110 },
  file: { head: "File", px: 170 },
  resource: { head: "Resource", px: 152, card: "max-md:[grid-area:resource]", leaves: "@max-[600px]:md:hidden" },
  "resource-type": { head: "Resource type", px: 126 },
  account: { head: "Account", px: 124, leaves: "@max-[1020px]:hidden" },
  region: { head: "Region", px: 108 },
  scan: { head: "Scan", px: 120 },
  source: { head: "Source", px: 80, leaves: "@max-[1160px]:hidden" },
  exploited: { head: "Exploit", px: 72, card: "max-md:[grid-area:exploited] max-md:text-right" },
  epss: { head: "EPSS", px: 52, box: "text-right", leaves: "@max-[790px]:hidden" },
  fix: { head: "Fix", px: 52, box: "pl-3", leaves: "@max-[860px]:hidden" },
  due: { head: "Due", px: 92, box: "text-right", card: "max-md:[grid-area:due]" },
  assignee: { head: "Assignee", px: 84, box: "pl-3", leaves: "@max-[960px]:hidden" },
  age: {
    head: "Age",
    px: 56,
    box: "pr-3.5 text-right",
    card: "max-md:[grid-area:age]",
    leaves: "@max-[640px]:md:hidden",
  },
  seen: { head: "Last seen", px: 92, box: "text-right" },
  updated: { head: "Updated", px: 92, box: "text-right" },
  closed: { head: "Closed", px: 124 },
};

/** Where a cell of a column stands. `isChosen`: a person chose the columns, so that none leaves by itself. */
export function boxOf(name: ColumnName, isChosen: boolean): string {
  const { box, card = "max-md:hidden", leaves } = COLUMNS[name];
  return [box, card, isChosen ? null : leaves].filter(Boolean).join(" ");
}

/** What a finding needs at least where the columns beside it were chosen: the list then scrolls sideways. */
const FINDING_PX = 240;
export const leastWidth = (columns: readonly ColumnName[]): number =>
  columns.reduce((sum, name) => sum + (COLUMNS[name].px || FINDING_PX), COLUMNS.select.px);

/** The columns that the card of a small screen has no place for. */
export const besideCard = (columns: readonly ListColumn[]): ListColumn[] =>
  columns.filter((name) => COLUMNS[name].card === undefined);

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
