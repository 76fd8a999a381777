import { z } from "zod";

/** CodeGuru Security's pattern, less the two names that HTTP clients take for folders of a path. */
export const scanNameSchema = z
  .string()
  .min(1)
  .max(140)
  .regex(/^[a-zA-Z0-9-_$:.]+$/, "must be letters, digits and - _ $ : . only")
  .refine((name) => name !== "." && name !== "..", "must not be a relative path");

export const uuidSchema = z
  .string()
  .regex(/^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/, "must be a UUID in lower case");

export const tagsSchema = z
  .record(z.string().min(1).max(128), z.string().max(256))
  .refine((tags) => Object.keys(tags).length <= 200, "must have at most 200 entries");

/** Clients write the same instant with and without milli- and microseconds. */
export const queryDateSchema = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** The two members of a paged request. Everything in a query is text. */
export function pageSchema(most: number) {
  return {
    nextToken: z.string().min(1).max(2048).optional(),
    maxResults: z
      .string()
      .regex(/^\d{1,9}$/, "must be a whole number")
      .transform(Number)
      .pipe(z.number().min(1).max(most))
      .default(most),
  };
}
