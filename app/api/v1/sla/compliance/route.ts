import { getCompliance } from "#lib/db/read/sla-compliance.ts";
import { complianceQuerySchema, complianceSchema } from "#lib/domain/sla.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("findings:read", complianceQuerySchema, (query, { now }) => getCompliance(query, now), {
  output: complianceSchema,
  summary: "The share of issues in time, by day or month",
});
