/** What PostgreSQL's text cannot hold: NUL, and halves of surrogate pairs. JSON writes both as escapes. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/;

/**
 * The same value with U+FFFD in place of what PostgreSQL refuses: one hostile name must not stop a pass. `json` is what
 * holds every text of the value that is stored as such.
 */
export function toStorable<T>(value: T, json: string): T {
  // The walk keeps the shape: only characters within strings change.
  return UNSTORABLE.test(json) ? (walk(value) as T) : value;
}

function walk(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed().replaceAll("\0", "\u{fffd}");
  if (Array.isArray(value)) return value.map(walk);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [walk(name), walk(inner)]));
}
