import { z } from "zod";
import { getOverview } from "#lib/db/read/overview.ts";
import { overviewSchema } from "#lib/domain/overview.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery(
  "findings:read",
  z.strictObject({}),
  (_, { caller, now }) => getOverview(caller.personId, now),
  { output: overviewSchema, summary: "Where everything stands, and what happened since one's last visit" },
);
