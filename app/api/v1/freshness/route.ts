import { z } from "zod";
import { getFreshness } from "#lib/db/read/freshness.ts";
import { freshnessSchema } from "#lib/domain/freshness.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("findings:read", z.strictObject({}), (_, { now }) => getFreshness(now), {
  output: freshnessSchema,
  summary: "How far each account, region and source can be trusted, and as of when",
});
