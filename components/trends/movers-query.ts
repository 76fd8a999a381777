import type { MoverKey, MoversQuery } from "#lib/domain/movers.ts";
import type { TrendsQuery } from "#lib/domain/trends.ts";
import { toMovementsQuery } from "./waterfall-rows.ts";

const MOST_MOVERS = 10;

/** What the page asks of what changed most in these days. */
export const toMoversQuery = (query: TrendsQuery, by: MoverKey): MoversQuery => ({
  ...toMovementsQuery(query, null),
  by,
  limit: MOST_MOVERS,
});
