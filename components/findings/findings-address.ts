import type { FindingListFilter } from "#lib/client/findings.ts";
import { toSearchParams } from "#lib/domain/filter-text.ts";
import { joinValues } from "#lib/domain/filter-values.ts";
import { FINDING_SORTS, GROUP_KEYS } from "#lib/domain/filter-words.ts";
import { CONDITION_NAMES, isList, isUuid, readCondition } from "#lib/domain/finding-conditions.ts";
import type { GroupKey } from "#lib/domain/finding-groups.ts";
import type { ConditionKey } from "#lib/domain/finding-query.ts";
import { FINDING_STATUSES } from "#lib/domain/finding-words.ts";
import { LIST_COLUMNS, type ListColumn, toListColumns } from "#lib/domain/list-column-words.ts";

/** Every name that the page keeps in its address. */
export const ADDRESS_NAMES = [...CONDITION_NAMES, "sort", "by", "columns", "open", "view"] as const;

/** Enough to fill a tall window at once. */
const PAGE_ROWS = 100;

export type FindingsAddress = {
  filter: FindingListFilter;
  /** What the findings are grouped by; null = not at all. */
  by: GroupKey | null;
  /** What it shows of each finding; null = what the person chose for their lists. */
  columns: ListColumn[] | null;
  /** The saved view that the list came from. */
  viewId: string | null;
  /** The finding whose panel is open. */
  openId: string | null;
  /** What the address asks for and nothing can answer; it is left out of the filter, and said. */
  refused: { name: string; value: string }[];
};

type Written = Partial<Record<string, string | string[] | null | undefined>>;

/**
 * Reads the page's address, the same way on the server and in the browser, so that both ask the same question. No status
 * means active: what is closed is only shown to whom asks for it.
 */
export function readFindingsAddress(written: Written): FindingsAddress {
  const refused: FindingsAddress["refused"] = [];
  const conditions: Record<string, string | string[]> = {};
  for (const name of CONDITION_NAMES) {
    const value = written[name];
    if (isList(name)) conditions[name] = name === "status" ? ["active"] : [];
    if (value === undefined || value === null || value.length === 0) continue;
    const read = readCondition(name, value);
    if (read === undefined) refused.push({ name, value: String(value) });
    else conditions[name] = read;
  }
  const oneOf = <Word extends string>(name: "sort" | "by", words: readonly Word[]): Word | null => {
    const value = first(written[name]);
    const word = words.find((one) => one === value) ?? null;
    if (value && word === null) refused.push({ name, value });
    return word;
  };
  const { columns, unknown } = readColumns(written.columns);
  if (unknown !== null) refused.push({ name: "columns", value: unknown });
  const filter = { ...conditions, sort: oneOf("sort", FINDING_SORTS) ?? "rank", limit: PAGE_ROWS };
  return {
    filter: filter as FindingListFilter, // readCondition gives for each name what the list's filter has there
    by: oneOf("by", GROUP_KEYS),
    columns,
    viewId: readId(written.view),
    openId: readId(written.open),
    refused,
  };
}

function readColumns(value: Written[string]): { columns: ListColumn[] | null; unknown: string | null } {
  const names = [value ?? []]
    .flat()
    .flatMap((text) => text.split(","))
    .filter(Boolean);
  const unknown = names.filter((name) => !LIST_COLUMNS.some((column) => column === name));
  return {
    columns: names.length > unknown.length ? toListColumns(names) : null,
    unknown: unknown.length > 0 ? unknown.join() : null,
  };
}

const first = (value: Written[string]): string | undefined => [value ?? []].flat()[0];

function readId(value: Written[string]): string | null {
  const id = first(value);
  return id !== undefined && isUuid(id) ? id : null;
}

/** What a view keeps of the address, as its query is written: in one order, so that equal lists have equal texts. */
export function toViewQuery({ filter, by, columns }: Pick<FindingsAddress, "filter" | "by" | "columns">): string {
  const params = toSearchParams({ ...filter, limit: undefined });
  if (by !== null) params.set("by", by);
  if (columns !== null) params.set("columns", columns.join());
  params.sort();
  return params.toString();
}

/** How one condition is written into the address; null takes it out. Status is always written: none chosen means all. */
export function writeCondition(name: ConditionKey, values: string[]): string | null {
  if (values.length > 0) return joinValues(values);
  return name === "status" ? FINDING_STATUSES.join(",") : null;
}

/** Whether a condition narrows the list: every status together does not. */
export function narrows(filter: FindingListFilter, name: ConditionKey): boolean {
  const value = filter[name];
  if (name === "status") return filter.status.length > 0 && filter.status.length < FINDING_STATUSES.length;
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== "";
}
