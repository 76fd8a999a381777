import { getTrends } from "#lib/db/read/trends.ts";
import { trendsQuerySchema, trendsSchema } from "#lib/domain/trends.ts";
import { handleQueryByTeam } from "../handle-query-by-team.ts";

export const GET = handleQueryByTeam("findings:read", trendsQuerySchema, (query, { now }) => getTrends(query, now), {
  output: trendsSchema,
  summary: "What was open at the end of each UTC day, and what was opened and closed on it",
});
