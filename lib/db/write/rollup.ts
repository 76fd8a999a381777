/**
 * A table of counts: what it counts by, its counts where they are more than `n`, and the query that counts it anew. In
 * parts: what accounts share, of which each transaction appends a part of its own; a count is their sum. `sumOf` is a
 * rollup before it that has the same counts by more keys: adding them up takes a fraction of counting anew.
 */
export type Rollup = {
  table: string;
  keys: string[];
  counts?: string[];
  counted: string;
  isInParts?: boolean;
  sumOf?: string;
};

/** A query that counts the rows by these columns, as `n`. */
export function countBy(columns: string[], from: string): string {
  const groups = columns.map((_, index) => index + 1).join(", ");
  return `SELECT ${columns.join(", ")}, count(*)::int AS n FROM ${from} GROUP BY ${groups}`;
}
