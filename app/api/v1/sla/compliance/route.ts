import { getCompliance } from "#lib/db/read/sla-compliance.ts";
import { complianceQuerySchema, complianceSchema } from "#lib/domain/sla.ts";
import { handleQueryByTeam } from "../../handle-query-by-team.ts";

export const GET = handleQueryByTeam(
  "findings:read",
  complianceQuerySchema,
  (query, { now }) => getCompliance(query, now),
  {
    output: complianceSchema,
    summary: "The share of issues in time, by day or month",
  },
);
