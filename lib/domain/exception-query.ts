import { joinValues, splitValues } from "./filter-values.ts";
import type { FieldName } from "./finding-filter.ts";
import { type ConditionKey, parseQuery, printQuery } from "./finding-query.ts";

/** A rule hangs on what a finding is, not on what was decided about it or when it moved. */
const NO_PART_OF_A_RULE = new Set<FieldName>([
  "status",
  "assignee",
  "due",
  "overdueDays",
  "suppressedBy",
  "exception",
  "updatedFrom",
  "updatedTo",
  "movement",
  "moved",
  "movedFrom",
  "movedTo",
  "issueOpenedFrom",
  "issueOpenedTo",
  "issueFixedFrom",
  "issueFixedTo",
  "asOf",
]);

/** What a field is called without the minus of leaving out. */
export const plainName = (name: string): FieldName => name.replace(/^-/, "") as FieldName; // of a filter's own names

export const isPartOfRule = (name: string): boolean => !NO_PART_OF_A_RULE.has(plainName(name));

/** What a list adds to its filter. */
const NO_FILTER = new Set(["sort", "limit", "by", "columns", "cursor", "view", "open"]);

/** A list's address, or a rule's, as it would be typed, without what no rule can hang on. */
export function toRuleText(address: string): string {
  const pairs = [...new URLSearchParams(address)].filter(
    ([name, value]) => value !== "" && !NO_FILTER.has(name) && isPartOfRule(name),
  );
  const conditions = pairs
    .filter(([name]) => name !== "q")
    .map(([name, value]) => ({ name: name as ConditionKey, values: splitValues(value) })); // as an address names them
  return printQuery(conditions, pairs.find(([name]) => name === "q")?.[1] ?? "");
}

export type TypedRule = { filter: Record<string, string>; faults: string[] };

/** What is typed as a filter by its API's names, with what cannot be understood. */
export function readRuleText(text: string): TypedRule {
  const { conditions, q, faults } = parseQuery(text);
  const filter: Record<string, string> = q === "" ? {} : { q };
  for (const { name, values } of conditions) {
    filter[name] = [filter[name] ?? [], joinValues(values)].flat().join(",");
  }
  return { filter, faults: faults.map(({ message }) => message) };
}
