import { getRemediation } from "#lib/db/read/remediation.ts";
import { remediationQuerySchema, remediationSchema } from "#lib/domain/trends.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery(
  "findings:read",
  remediationQuerySchema,
  (query, { now }) => getRemediation(query, now),
  { output: remediationSchema, summary: "How long fixed issues had been open, by month of the fix and severity" },
);
