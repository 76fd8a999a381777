import { getMovements } from "#lib/db/read/movements.ts";
import { movementsQuerySchema, movementsSchema } from "#lib/domain/movements.ts";
import { handleQueryByTeam } from "../../handle-query-by-team.ts";

export const GET = handleQueryByTeam(
  "findings:read",
  movementsQuerySchema,
  (query, { now }) => getMovements(query, now),
  {
    output: movementsSchema,
    summary: "Why what is open moved between two moments: every reason with its sign, summing exactly",
  },
);
