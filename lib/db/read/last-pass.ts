import { Prisma } from "../generated/client.ts";

/** When the place that alias `place` names (account_id, region, source) was last read whole; null = never. One index probe. */
export function lastWholePassAt(place: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT max(wp.recorded_at) FROM scope_pass wp WHERE wp.account_id = ${place}.account_id
    AND wp.region = ${place}.region AND wp.source = ${place}.source AND wp.mode = 'whole')`;
}
