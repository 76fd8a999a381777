import { getMovers } from "#lib/db/read/movers.ts";
import { moversQuerySchema, moversSchema } from "#lib/domain/movers.ts";
import { handleQueryByTeam } from "../../handle-query-by-team.ts";

export const GET = handleQueryByTeam("findings:read", moversQuerySchema, (query, { now }) => getMovers(query, now), {
  output: moversSchema,
  summary:
    "Where what is open changed most between two moments: accounts, images, repositories, functions, packages, CVEs",
});
