/** More values of one name than anybody writes by hand. */
export const MOST_VALUES = 200;

/** The values in a text: commas part them, and `\,` is a comma within one. */
export function splitValues(text: string): string[] {
  return (text.match(/(?:\\[\\,]|[^,])+/g) ?? [])
    .map((part) => part.replace(/\\([\\,])/g, "$1").trim())
    .filter(Boolean);
}

/** The values of a name, however it is written, as `manyOf` reads them; undefined: one of them is none, or too many. */
export function readValues<Value extends string>(
  written: string | string[],
  isOne: (value: string) => value is Value,
): Value[] | undefined;
export function readValues(written: string | string[], isOne: (value: string) => boolean): string[] | undefined;
export function readValues(written: string | string[], isOne: (value: string) => boolean): string[] | undefined {
  const values = [written].flat().flatMap(splitValues);
  return values.length <= MOST_VALUES && values.every(isOne) ? values : undefined;
}

/** Several values as one text, so that `splitValues` gives them back. */
export const joinValues = (values: readonly string[]): string =>
  values.map((value) => value.replace(/\\(?=[\\,]|$)|,/g, "\\$&")).join(",");

/** Numbers from `from` to `to`, both included; null = no bound on that side. */
export type Range = { from: number | null; to: number | null };

const RANGE = /^(\d+(?:\.\d+)?)?(\.\.)?(\d+(?:\.\d+)?)?$/;

/** `7..9`, `7..`, `..9`, or `7` alone. Null for anything else, and for a range that runs backwards. */
export function toRange(text: string): Range | null {
  const [, from, dots, to] = RANGE.exec(text) ?? [];
  if (from === undefined && to === undefined) return null;
  if (dots === undefined) return { from: Number(text), to: Number(text) };
  const range = { from: from === undefined ? null : Number(from), to: to === undefined ? null : Number(to) };
  return range.from !== null && range.to !== null && range.from > range.to ? null : range;
}

/** Whether the text is a range whose bounds lie in [least, most]. */
export function isRangeWithin(text: string, least: number, most: number): boolean {
  const range = toRange(text);
  return range !== null && [range.from, range.to].every((bound) => bound === null || (bound >= least && bound <= most));
}
