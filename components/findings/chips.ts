import type { FindingListFilter } from "#lib/client/findings.ts";
import { CONDITION_NAMES, fieldOf } from "#lib/domain/finding-conditions.ts";
import type { FieldName } from "#lib/domain/finding-filter.ts";
import type { FindingFacets } from "#lib/domain/finding-page.ts";
import type { ConditionKey } from "#lib/domain/finding-query.ts";
import { narrows } from "./findings-address.ts";
import { accountWord, FIELD_WORDS, valueWord } from "./words.ts";

export type ChipWords = { name: ConditionKey; label: string; operator: string; value: string };

const OPERATORS: Partial<Record<ConditionKey, string>> = {
  firstObservedFrom: "from",
  firstObservedTo: "before",
  updatedFrom: "from",
  updatedTo: "before",
  movedFrom: "from",
  movedTo: "before",
  issueOpenedFrom: "from",
  issueOpenedTo: "before",
  issueFixedFrom: "from",
  issueFixedTo: "before",
};

/** One chip a condition, in words. The text has its own field. */
export function toChips(filter: FindingListFilter, facets: FindingFacets | undefined): ChipWords[] {
  return CONDITION_NAMES.filter((name) => name !== "q" && narrows(filter, name)).map((name) => {
    const field = fieldOf(name);
    const values: string[] = [filter[name] ?? []].flat();
    return {
      name,
      label: FIELD_WORDS[field],
      operator: name === field ? (OPERATORS[name] ?? "is") : "is not",
      value: values.map((value) => chipWord(field, value, facets)).join(", "),
    };
  });
}

function chipWord(field: FieldName, value: string, facets: FindingFacets | undefined): string {
  if (field === "accountId")
    return accountWord(value, facets?.accountId.find((one) => one.value === value)?.label ?? null);
  if (field in OPERATORS) return value.replace(/T00:00:00.000Z$/, "");
  return field === "knownExploited" ? value : valueWord(field, value).toLowerCase();
}
