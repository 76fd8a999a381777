import { getOpenAge } from "#lib/db/read/open-age.ts";
import { openAgeSchema, trendScopeSchema } from "#lib/domain/trends.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("findings:read", trendScopeSchema, (scope, { now }) => getOpenAge(scope, now), {
  output: openAgeSchema,
  summary: "How old open findings are by the clocks of their issues, by severity",
});
