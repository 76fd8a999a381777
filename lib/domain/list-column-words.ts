/** What the list can say of each finding, in the order of its columns. */
export const LIST_COLUMNS = [
  "severity",
  "score",
  "finding",
  "status",
  "type",
  "id",
  "package",
  "version",
  "fixed-in",
  "file",
  "resource",
  "resource-type",
  "account",
  "region",
  "scan",
  "source",
  "exploited",
  "epss",
  "fix",
  "due",
  "assignee",
  "age",
  "seen",
  "updated",
  "closed",
] as const;
export type ListColumn = (typeof LIST_COLUMNS)[number];

/** Without them a row says nothing: they are in every list. */
export const FIXED_COLUMNS: readonly ListColumn[] = ["severity", "finding"];

/** What the list says unless a person, a view or an address chooses otherwise. */
export const USUAL_COLUMNS: readonly ListColumn[] = [
  "severity",
  "finding",
  "id",
  "resource",
  "account",
  "source",
  "exploited",
  "epss",
  "fix",
  "due",
  "assignee",
  "age",
];

/** These columns in their order, with those that are in every list; words that name none are left out. */
export const toListColumns = (names: readonly string[]): ListColumn[] =>
  LIST_COLUMNS.filter((name) => FIXED_COLUMNS.includes(name) || names.includes(name));

/** Whether both choose the same, each in the order of the columns. */
export const isSameColumns = (one: readonly ListColumn[], other: readonly ListColumn[]): boolean =>
  one.join() === other.join();
