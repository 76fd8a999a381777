import { listFindingGroups } from "#lib/db/read/finding-groups.ts";
import { findingGroupPageSchema, findingGroupsQuerySchema } from "#lib/domain/finding-groups.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("findings:read", findingGroupsQuerySchema, listFindingGroups, {
  output: findingGroupPageSchema,
  summary: "Findings by what they have in common, the group with the worst finding first",
});
