import { previewTeam } from "#lib/db/read/team-preview.ts";
import { teamDraftSchema, teamPreviewSchema } from "#lib/domain/team.ts";
import { handleCommand } from "#lib/http/handlers.ts";

export const POST = handleCommand("teams:write", teamDraftSchema, previewTeam, {
  output: teamPreviewSchema,
  summary: "What rules match, before they are saved; changes nothing",
});
