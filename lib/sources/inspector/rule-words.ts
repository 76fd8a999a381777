const LONGEST_CRITERIA = 4_000;
const SIGNS: Record<string, string> = { EQUALS: "=", NOT_EQUALS: "≠", PREFIX: "starts with" };

/** `severity = LOW or MEDIUM; title starts with CVE-2025`: filters of one name are alternatives, names add up. */
export function criteriaWords(criteria: object): string {
  return Object.entries(criteria)
    .filter(([, filters]) => Array.isArray(filters))
    .map(([name, filters]: [string, unknown[]]) => criterionWords(name, filters))
    .join("; ")
    .slice(0, LONGEST_CRITERIA);
}

/** `severity = LOW or = MEDIUM`. */
export const criterionWords = (name: string, filters: unknown[]): string =>
  `${name} ${filters.map(toFilterWords).join(" or ")}`;

function toFilterWords(filter: unknown): string {
  if (typeof filter === "object" && filter !== null && "comparison" in filter && "value" in filter) {
    const { comparison, value } = filter;
    return `${SIGNS[String(comparison)] ?? String(comparison).toLowerCase()} ${value}`;
  }
  return JSON.stringify(filter);
}
