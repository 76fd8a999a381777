import { listFindingGroups } from "#lib/db/read/finding-groups.ts";
import { findingGroupPageSchema, findingGroupsQuerySchema } from "#lib/domain/finding-groups.ts";
import { handleQueryByTeam } from "../../handle-query-by-team.ts";

export const GET = handleQueryByTeam("findings:read", findingGroupsQuerySchema, listFindingGroups, {
  output: findingGroupPageSchema,
  summary: "Findings by what they have in common, the group with the worst finding first",
});
