import { z } from "zod";
import { getTeamChoice } from "#lib/db/read/teams.ts";
import { teamChoiceSchema, teamScopeSchema } from "#lib/domain/team.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { chooseTeamScope } from "#lib/usecases/teams.ts";

export const GET = handleQuery("findings:read", z.strictObject({}), (_, { caller }) => getTeamChoice(caller.personId), {
  output: teamChoiceSchema,
  summary: "Which team one's pages open with, and which there are",
});

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
