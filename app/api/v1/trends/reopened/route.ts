import { getReopenedRate } from "#lib/db/read/reopened.ts";
import { reopenedRateSchema } from "#lib/domain/reopened.ts";
import { remediationQuerySchema } from "#lib/domain/trends.ts";
import { handleQueryByTeam } from "../../handle-query-by-team.ts";

export const GET = handleQueryByTeam(
  "findings:read",
  remediationQuerySchema,
  (query, { now }) => getReopenedRate(query, now),
  {
    output: reopenedRateSchema,
    summary: "How often what was closed came back, by month",
  },
);
