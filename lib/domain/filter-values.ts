import { z } from "zod";

/** More values of one name than anybody writes by hand. */
const MOST_VALUES = 200;

/** The values in a text: commas part them, and `\,` is a comma within one. */
export function splitValues(text: string): string[] {
  return (text.match(/(?:\\[\\,]|[^,])+/g) ?? [])
    .map((part) => part.replace(/\\([\\,])/g, "$1").trim())
    .filter(Boolean);
}

/** Several values as one text, so that `splitValues` gives them back. */
export const joinValues = (values: readonly string[]): string =>
  values.map((value) => value.replace(/\\(?=[\\,]|$)|,/g, "\\$&")).join(",");

/** A query name that may repeat or hold several values between commas: `severity=critical,high&severity=low`. */
export function manyOf<T extends z.ZodType<string, string>>(one: T) {
  return z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((given) => [given ?? []].flat().flatMap(splitValues))
    .pipe(z.array(one).max(MOST_VALUES));
}

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

/** Ranges whose bounds lie in [least, most]. */
export function rangesOf(least: number, most: number) {
  const isWithin = (bound: number | null) => bound === null || (bound >= least && bound <= most);
  const one = z.string().refine(
    (text) => {
      const range = toRange(text);
      return range !== null && isWithin(range.from) && isWithin(range.to);
    },
    { error: `Write a range between ${least} and ${most}, as in ${least}..${most}, ${least}.. or ..${most}` },
  );
  return manyOf(one);
}
