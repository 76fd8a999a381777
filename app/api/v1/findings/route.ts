import { listFindings } from "#lib/db/read/list-findings.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { findingPageSchema } from "#lib/domain/finding-page.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("findings:read", findingFilterSchema, listFindings, {
  output: findingPageSchema,
  summary: "Findings, worst first",
});
