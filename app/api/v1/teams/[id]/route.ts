import { z } from "zod";
import { teamChangeSchema, teamIdSchema } from "#lib/domain/team.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { changeTeam, removeTeam } from "#lib/usecases/teams.ts";

const params = z.object({ id: teamIdSchema });

export const PATCH = handleCommand(
  "teams:write",
  teamChangeSchema,
  (change, { params: { id }, caller, now }) => changeTeam(id, change, caller, now),
  { params, output: z.void(), status: 204, summary: "Change a team's name, rules or members" },
);

export const DELETE = handleCommand(
  "teams:write",
  z.strictObject({}),
  (_, { params: { id }, caller, now }) => removeTeam(id, caller, now),
  { params, output: z.void(), status: 204, summary: "Delete a team; its places go to the next that matches them" },
);
