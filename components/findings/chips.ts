import type { FindingListFilter } from "#lib/client/findings.ts";
import type { FindingFacets } from "#lib/domain/finding-page.ts";
import { CONDITION_NAMES, type ConditionName, narrows } from "./findings-address.ts";
import { accountWord, FIELD_WORDS, valueWord } from "./words.ts";

export type ChipWords = { name: ConditionName; label: string; operator: string; value: string };

const OPERATORS: Partial<Record<ConditionName, string>> = {
  firstObservedFrom: "from",
  firstObservedTo: "before",
  updatedFrom: "from",
  updatedTo: "before",
  movedFrom: "from",
  movedTo: "before",
  issueOpenedFrom: "from",
  issueOpenedTo: "before",
};

/** One chip a condition, in words. The text has its own field. */
export function toChips(filter: FindingListFilter, facets: FindingFacets | undefined): ChipWords[] {
  return CONDITION_NAMES.filter((name) => name !== "q" && narrows(filter, name)).map((name) => ({
    name,
    label: FIELD_WORDS[name],
    operator: OPERATORS[name] ?? "is",
    value: [filter[name] ?? []]
      .flat()
      .map((value) => chipWord(name, value, facets))
      .join(", "),
  }));
}

function chipWord(name: ConditionName, value: string, facets: FindingFacets | undefined): string {
  if (name === "accountId")
    return accountWord(value, facets?.accountId.find((one) => one.value === value)?.label ?? null);
  if (name in OPERATORS) return value.replace(/T00:00:00.000Z$/, "");
  return name === "knownExploited" ? value : valueWord(name, value).toLowerCase();
}
