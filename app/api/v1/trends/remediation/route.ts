import { getRemediation } from "#lib/db/read/remediation.ts";
import { remediationQuerySchema, remediationSchema } from "#lib/domain/trends.ts";
import { handleQueryByTeam } from "../../handle-query-by-team.ts";

export const GET = handleQueryByTeam(
  "findings:read",
  remediationQuerySchema,
  (query, { now }) => getRemediation(query, now),
  { output: remediationSchema, summary: "How long fixed issues had been open, by month of the fix and severity" },
);
