import { z } from "zod";
import { listTeams } from "#lib/db/read/teams.ts";
import { newTeamSchema, teamIdSchema, teamsSchema } from "#lib/domain/team.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { createTeam } from "#lib/usecases/teams.ts";

export const GET = handleQuery("findings:read", z.strictObject({}), (_, { caller }) => listTeams(caller.personId), {
  output: teamsSchema,
  summary: "The teams in order, and what each has",
});

export const POST = handleCommand(
  "teams:write",
  newTeamSchema,
  (team, { caller, now }) => createTeam(team, caller, now),
  { output: z.object({ id: teamIdSchema }), status: 201, summary: "Make a team" },
);
