import { z } from "zod";
import { SUGGESTED_FIELDS } from "./filter-words.ts";

export const suggestedFieldSchema = z.enum(SUGGESTED_FIELDS);
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
