import { z } from "zod";
import { getDueByTeam } from "#lib/db/read/sla-teams.ts";
import { dueByTeamSchema } from "#lib/domain/sla.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("findings:read", z.strictObject({}), (_, { now }) => getDueByTeam(now), {
  output: dueByTeamSchema,
  summary: "What is overdue and what is due within seven days, by team",
});
