import { Prisma } from "../generated/client.ts";

/** A rollup of clocks as `d`, with what tells the sample's accounts from others. */
export function toClockRollup(table: "remediation_histogram" | "open_cohort"): Prisma.Sql {
  return Prisma.sql`(SELECT c.*, a.is_sample FROM ${Prisma.raw(table)} c JOIN account a ON a.id = c.account_id) AS d`;
}
