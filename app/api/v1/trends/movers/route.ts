import { getMovers } from "#lib/db/read/movers.ts";
import { moversQuerySchema, moversSchema } from "#lib/domain/movers.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("findings:read", moversQuerySchema, (query, { now }) => getMovers(query, now), {
  output: moversSchema,
  summary:
    "Where what is open changed most between two moments: accounts, images, repositories, functions, packages, CVEs",
});
