/**
 * The same value with its text made storable: PostgreSQL's text and jsonb know neither NUL nor half a surrogate pair,
 * and hostile sources and file names hold both.
 */
export function toStorable<Value>(value: Value): Value {
  // Only strings change, and strings stay strings: the shape is the one that came in.
  return JSON.parse(JSON.stringify(value), (_key, part) =>
    typeof part === "string" ? part.toWellFormed().replaceAll("\0", "\uFFFD") : part,
  ) as Value;
}
