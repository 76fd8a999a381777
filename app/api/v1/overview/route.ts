import { getOverview } from "#lib/db/read/overview.ts";
import { overviewQuerySchema, overviewSchema } from "#lib/domain/overview.ts";
import { handleQueryByTeam } from "../handle-query-by-team.ts";

export const GET = handleQueryByTeam(
  "findings:read",
  overviewQuerySchema,
  (query, { caller, now }) => getOverview(caller.personId, query, now),
  { output: overviewSchema, summary: "Where everything stands, and what happened since one's last visit" },
);
