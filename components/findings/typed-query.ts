import { joinValues } from "#lib/domain/filter-values.ts";
import {
  parseQuery,
  printCondition,
  type QueryCondition,
  type QueryFault,
  toQueryKey,
} from "#lib/domain/finding-query.ts";
import { readFindingsAddress } from "./findings-address.ts";

export type TypedQuery = {
  /** What can be asked for at once: conditions that are whole, with values that there are. */
  conditions: QueryCondition[];
  /** The text to search for. */
  q: string;
  faults: QueryFault[];
};

/** What is typed, as far as it means something; the rest with its place and what is wrong with it. */
export function readTypedQuery(text: string): TypedQuery {
  const { conditions, q, faults } = parseQuery(text);
  const refused = conditions.filter(
    ({ name, values }) => readFindingsAddress({ [name]: joinValues(values) }).refused.length > 0,
  );
  return {
    conditions: conditions.filter((condition) => !refused.includes(condition)),
    q,
    faults: [
      ...faults,
      ...refused.map(({ name, values, from, to }) => ({
        from,
        to,
        message: `${toQueryKey(name)} cannot be ${values.join(", ")}`,
      })),
    ].sort((a, b) => a.from - b.from),
  };
}

/** The text without what has become a condition. */
export function withoutConditions(text: string, conditions: QueryCondition[]): string {
  return conditions
    .toSorted((a, b) => b.from - a.from)
    .reduce((rest, { from, to }) => `${rest.slice(0, from)}${rest.slice(to).trimStart()}`, text)
    .trimStart();
}

/** The text with a condition at its end, to be changed there. */
export function withCondition(text: string, condition: Pick<QueryCondition, "name" | "values">): string {
  return `${text.trim()} ${printCondition(condition)}`.trim();
}

/** Whether the last word is behind us: then what it says counts. */
export const isBetweenWords = (text: string): boolean => /\s$/.test(text) && (text.match(/"/g)?.length ?? 0) % 2 === 0;
