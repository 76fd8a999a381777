import { getTrends } from "#lib/db/read/trends.ts";
import { trendsQuerySchema, trendsSchema } from "#lib/domain/trends.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("findings:read", trendsQuerySchema, (query, { now }) => getTrends(query, now), {
  output: trendsSchema,
  summary: "What was open at the end of each UTC day, and what was opened and closed on it",
});
