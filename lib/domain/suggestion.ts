import { z } from "zod";

/** The fields whose values are looked up in a dictionary; of the others every value is known. */
export const suggestedFieldSchema = z.enum([
  "cve",
  "detectorId",
  "cwe",
  "packageName",
  "accountId",
  "region",
  "resourceType",
  "resourceId",
  "image",
  "function",
  "repository",
  "scanName",
  "path",
  "assignee",
]);
export type SuggestedField = z.infer<typeof suggestedFieldSchema>;

export const suggestionsQuerySchema = z.strictObject({
  q: z.string().trim().max(200).default(""),
  field: suggestedFieldSchema.optional(), // absent: whatever a person may be looking for
  limit: z.coerce.number().int().min(1).max(50).default(8),
});
export type SuggestionsQuery = z.infer<typeof suggestionsQuerySchema>;

/** A value that a filter can have; `about` tells more where the value is only a name or an id. */
export const suggestionSchema = z.object({
  field: suggestedFieldSchema,
  value: z.string(),
  about: z.string().nullable(),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

/** What begins with the text comes first, then what has it, shorter ones before longer ones. */
export const suggestionsSchema = z.object({ items: z.array(suggestionSchema) });
export type Suggestions = z.infer<typeof suggestionsSchema>;
