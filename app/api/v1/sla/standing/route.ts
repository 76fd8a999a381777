import { getSlaStanding } from "#lib/db/read/sla-standing.ts";
import { slaStandingQuerySchema, slaStandingSchema } from "#lib/domain/sla.ts";
import { handleQueryByTeam } from "../../handle-query-by-team.ts";

export const GET = handleQueryByTeam(
  "findings:read",
  slaStandingQuerySchema,
  (query, { now }) => getSlaStanding(query, now),
  {
    output: slaStandingSchema,
    summary: "What is overdue and at risk, for how long, and whose it is",
  },
);
