import { z } from "zod";
import { teamScopeSchema } from "#lib/domain/team.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { chooseTeamScope } from "#lib/usecases/teams.ts";

export const PUT = handleCommand(
  "views:write",
  teamScopeSchema,
  (scope, { caller }) => chooseTeamScope(scope, caller),
  {
    output: z.void(),
    status: 204,
    summary: "Choose the team that one's pages open with",
  },
);
