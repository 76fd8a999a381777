import { z } from "zod";
import { listHandOvers } from "#lib/db/read/hand-overs.ts";
import { handOverListSchema } from "#lib/domain/hand-over.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("findings:read", z.strictObject({}), async () => ({ items: await listHandOvers() }), {
  output: handOverListSchema,
  summary: "The last 50 hand-overs and how their delivery stands, the newest first",
});
