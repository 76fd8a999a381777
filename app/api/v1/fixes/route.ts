import { listFixes } from "#lib/db/read/fixes.ts";
import { fixesQuerySchema, fixPageSchema } from "#lib/domain/fix.ts";
import { handleQueryByTeam } from "../handle-query-by-team.ts";

export const GET = handleQueryByTeam("findings:read", fixesQuerySchema, (query, { now }) => listFixes(query, now), {
  output: fixPageSchema,
  summary: "The changes that close the most active findings of those that match, the largest first",
});
