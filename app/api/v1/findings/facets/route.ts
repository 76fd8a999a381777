import { getFindingFacets } from "#lib/db/read/finding-facets.ts";
import { findingConditionsSchema } from "#lib/domain/finding-filter.ts";
import { findingFacetsSchema } from "#lib/domain/finding-page.ts";
import { handleQueryByTeam } from "../../handle-query-by-team.ts";

export const GET = handleQueryByTeam("findings:read", findingConditionsSchema, getFindingFacets, {
  output: findingFacetsSchema,
  summary: "For each facet its values, with how many findings match all other filters",
});
