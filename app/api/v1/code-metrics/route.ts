import { getCodeMetrics } from "#lib/db/read/code-metrics.ts";
import { codeMetricsQuerySchema, codeMetricsSchema } from "#lib/domain/code-metrics.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery(
  "findings:read",
  codeMetricsQuerySchema,
  (query, { now }) => getCodeMetrics(query, now),
  {
    output: codeMetricsSchema,
    summary: "The numbers of CodeGuru Security's dashboard, by its definitions, over code scans",
  },
);
