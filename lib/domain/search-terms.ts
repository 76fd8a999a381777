/** One thing to look for in a text; `isExcluded`: it must not occur. */
export type SearchTerm = { text: string; isExcluded: boolean };

const MOST_TERMS = 8;
const TERM = /(-?)"([^"]*)"?|(\S+)/g;

/** Words that all must occur; `"exact words"` occur together, `-word` does not occur. Looks at the first 8. */
export function toSearchTerms(q: string): SearchTerm[] {
  const terms = [...q.matchAll(TERM)].map(([, minus, quoted, word = ""]): SearchTerm => {
    if (quoted !== undefined) return { text: quoted.trim(), isExcluded: minus === "-" };
    return word.length > 1 && word.startsWith("-")
      ? { text: word.slice(1), isExcluded: true }
      : { text: word, isExcluded: false };
  });
  return terms.filter(({ text }) => text !== "").slice(0, MOST_TERMS);
}
