import { listFindings } from "#lib/db/read/list-findings.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { findingPageSchema } from "#lib/domain/finding-page.ts";
import { handleQueryByTeam } from "../handle-query-by-team.ts";

export const GET = handleQueryByTeam("findings:read", findingFilterSchema, listFindings, {
  output: findingPageSchema,
  summary: "Findings, worst first",
});
