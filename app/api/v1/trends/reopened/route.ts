import { getReopenedRate } from "#lib/db/read/reopened.ts";
import { reopenedRateSchema } from "#lib/domain/reopened.ts";
import { remediationQuerySchema } from "#lib/domain/trends.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery(
  "findings:read",
  remediationQuerySchema,
  (query, { now }) => getReopenedRate(query, now),
  {
    output: reopenedRateSchema,
    summary: "How often what was closed came back, by month",
  },
);
