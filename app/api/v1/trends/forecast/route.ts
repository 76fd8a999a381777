import { getForecast } from "#lib/db/read/forecast.ts";
import { forecastQuerySchema, forecastSchema } from "#lib/domain/forecast.ts";
import { handleQueryByTeam } from "../../handle-query-by-team.ts";

export const GET = handleQueryByTeam(
  "findings:read",
  forecastQuerySchema,
  (query, { now }) => getForecast(query, now),
  {
    output: forecastSchema,
    summary: "Where the number of open findings goes if the weeks to come are like the last twelve",
  },
);
