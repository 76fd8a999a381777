import { joinValues } from "./filter-values.ts";
import type { FindingConditions, FindingFilter } from "./finding-filter.ts";

const PAGING = new Set(["sort", "by", "limit", "cursor"]);

/** What narrows the list and nothing else, in one spelling: two filters that mean the same give the same text. */
export function toConditionsText(filter: FindingConditions): string {
  const kept = Object.entries(filter)
    .filter(
      ([name, value]) =>
        !PAGING.has(name) && value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0),
    )
    .map(([name, value]) => [name, Array.isArray(value) ? [...value].sort() : value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(kept);
}

/** The filter as query names for a URL; what is empty or the default is left out. */
export function toSearchParams(filter: Partial<FindingFilter>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (Array.isArray(value)) {
      if (value.length > 0) params.set(name, joinValues(value));
    } else if (
      value !== undefined &&
      value !== "" &&
      !(name === "sort" && value === "rank") &&
      !(name === "limit" && value === 50)
    ) {
      params.set(name, String(value));
    }
  }
  return params;
}
