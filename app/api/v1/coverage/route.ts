import { getCoverage } from "#lib/db/read/coverage.ts";
import { coverageQuerySchema, coverageSchema } from "#lib/domain/coverage.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("findings:read", coverageQuerySchema, getCoverage, {
  output: coverageSchema,
  summary: "What is examined and what is not, with the reasons",
});
