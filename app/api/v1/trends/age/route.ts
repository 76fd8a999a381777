import { getOpenAge } from "#lib/db/read/open-age.ts";
import { openAgeSchema, trendScopeSchema } from "#lib/domain/trends.ts";
import { handleQueryByTeam } from "../../handle-query-by-team.ts";

export const GET = handleQueryByTeam("findings:read", trendScopeSchema, (scope, { now }) => getOpenAge(scope, now), {
  output: openAgeSchema,
  summary: "How old open findings are by the clocks of their issues, by severity",
});
