import { getDueByTeam } from "#lib/db/read/sla-teams.ts";
import { dueByTeamQuerySchema, dueByTeamSchema } from "#lib/domain/sla.ts";
import { handleQueryByTeam } from "../../handle-query-by-team.ts";

export const GET = handleQueryByTeam(
  "findings:read",
  dueByTeamQuerySchema,
  (query, { now }) => getDueByTeam(query, now),
  { output: dueByTeamSchema, summary: "What is overdue and what is due within seven days, by team" },
);
