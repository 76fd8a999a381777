import { getForecast } from "#lib/db/read/forecast.ts";
import { forecastSchema } from "#lib/domain/forecast.ts";
import { trendScopeSchema } from "#lib/domain/trends.ts";
import { handleQueryByTeam } from "../../handle-query-by-team.ts";

export const GET = handleQueryByTeam("findings:read", trendScopeSchema, (scope, { now }) => getForecast(scope, now), {
  output: forecastSchema,
  summary: "Where the number of open findings goes if the weeks to come are like the last twelve",
});
