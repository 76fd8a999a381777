import { z } from "zod";
import { teamOrderSchema } from "#lib/domain/team.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { orderTeams } from "#lib/usecases/teams.ts";

export const PUT = handleCommand(
  "teams:write",
  teamOrderSchema,
  ({ teams }, { caller, now }) => orderTeams(teams, caller, now),
  { output: z.void(), status: 204, summary: "Order the teams: of those that match a place, the first has it" },
);
