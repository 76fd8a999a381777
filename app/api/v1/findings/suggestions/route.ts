import { listSuggestions } from "#lib/db/read/suggestions.ts";
import { suggestionsQuerySchema, suggestionsSchema } from "#lib/domain/suggestion.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("findings:read", suggestionsQuerySchema, listSuggestions, {
  output: suggestionsSchema,
  summary: "Values that a filter can have, as they are typed",
});
