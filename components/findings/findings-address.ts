import { z } from "zod";
import type { FindingListFilter } from "#lib/client/findings.ts";
import { joinValues } from "#lib/domain/filter-values.ts";
import {
  type FieldName,
  findingConditionsSchema,
  findingFilterSchema,
  toSearchParams,
} from "#lib/domain/finding-filter.ts";
import { type GroupKey, groupKeySchema } from "#lib/domain/finding-groups.ts";

export const CONDITION_NAMES = findingConditionsSchema.keyof().options;
export type ConditionName = (typeof CONDITION_NAMES)[number];

/** The field of a condition: a minus before its name leaves out instead of keeping. */
export const fieldOf = (name: ConditionName): FieldName => name.replace(/^-/, "") as FieldName; // replace forgets the type

/** Every name that the page keeps in its address. */
export const ADDRESS_NAMES = [...CONDITION_NAMES, "sort", "by", "open", "view"] as const;
export type AddressName = (typeof ADDRESS_NAMES)[number];

/** Enough to fill a tall window at once. */
const PAGE_ROWS = 100;
const idSchema = z.uuid();
const ALL_STATUSES = findingConditionsSchema.shape.status.parse("active,suppressed,closed");

export type FindingsAddress = {
  filter: FindingListFilter;
  /** What the findings are grouped by; null = not at all. */
  by: GroupKey | null;
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
  const kept: Record<string, string | string[]> = { status: "active" };
  const refused: FindingsAddress["refused"] = [];
  for (const name of [...CONDITION_NAMES, "sort"] as const) {
    const value = written[name];
    if (value === undefined || value === null || value.length === 0) continue;
    if (findingFilterSchema.shape[name].safeParse(value).success) kept[name] = value;
    else refused.push({ name, value: String(value) });
  }
  const { cursor: _first, ...filter } = findingFilterSchema.parse({ ...kept, limit: PAGE_ROWS });
  const openId = idSchema.safeParse([written.open ?? []].flat()[0]).data ?? null;
  const by = groupKeySchema.safeParse([written.by ?? []].flat()[0]);
  if (written.by && !by.success) refused.push({ name: "by", value: String(written.by) });
  const viewId = idSchema.safeParse([written.view ?? []].flat()[0]).data ?? null;
  return { filter, by: by.data ?? null, viewId, openId, refused };
}

/** What a view keeps of the address, as its query is written: in one order, so that equal lists have equal texts. */
export function toViewQuery({ filter, by }: Pick<FindingsAddress, "filter" | "by">): string {
  const params = toSearchParams({ ...filter, limit: undefined });
  if (by !== null) params.set("by", by);
  params.sort();
  return params.toString();
}

/** How one condition is written into the address; null takes it out. Status is always written: none chosen means all. */
export function writeCondition(name: ConditionName, values: string[]): string | null {
  if (values.length > 0) return joinValues(values);
  return name === "status" ? ALL_STATUSES.join(",") : null;
}

/** Whether a condition narrows the list: every status together does not. */
export function narrows(filter: FindingListFilter, name: ConditionName): boolean {
  const value = filter[name];
  if (name === "status") return filter.status.length > 0 && filter.status.length < ALL_STATUSES.length;
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== "";
}
