import { getCoverage } from "#lib/db/read/coverage.ts";
import { coverageQuerySchema, coverageSchema } from "#lib/domain/coverage.ts";
import { handleQueryByTeam } from "../handle-query-by-team.ts";

export const GET = handleQueryByTeam("findings:read", coverageQuerySchema, getCoverage, {
  output: coverageSchema,
  summary: "What is examined and what is not, with the reasons",
});
