import { getOpenAge } from "#lib/db/read/open-age.ts";
import { openAgeQuerySchema, openAgeSchema } from "#lib/domain/trends.ts";
import { handleQueryByTeam } from "../../handle-query-by-team.ts";

export const GET = handleQueryByTeam("findings:read", openAgeQuerySchema, (query, { now }) => getOpenAge(query, now), {
  output: openAgeSchema,
  summary: "How old open findings are by the clocks of their issues, by severity",
});
