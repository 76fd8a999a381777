import { z } from "zod";
import { isRangeWithin, MOST_VALUES, splitValues } from "./filter-values.ts";

/** A query name that may repeat or hold several values between commas: `severity=critical,high&severity=low`. */
export function manyOf<T extends z.ZodType<string, string>>(one: T) {
  return z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((given) => [given ?? []].flat().flatMap(splitValues))
    .pipe(z.array(one).max(MOST_VALUES));
}

/** Ranges whose bounds lie in [least, most]. */
export function rangesOf(least: number, most: number) {
  const one = z.string().refine((text) => isRangeWithin(text, least, most), {
    error: `Write a range between ${least} and ${most}, as in ${least}..${most}, ${least}.. or ..${most}`,
  });
  return manyOf(one);
}
