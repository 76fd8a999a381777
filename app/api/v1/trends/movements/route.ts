import { getMovements } from "#lib/db/read/movements.ts";
import { movementsQuerySchema, movementsSchema } from "#lib/domain/movements.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("findings:read", movementsQuerySchema, (query, { now }) => getMovements(query, now), {
  output: movementsSchema,
  summary: "Why what is open moved between two moments: every reason with its sign, summing exactly",
});
