import { MOVEMENT_SIGN, type Movement } from "#lib/domain/lifecycle-event.ts";
import type { TrendScope } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";

/** Which part of the day deltas is read. Sample rows take part only when `includeSample`. */
export type DeltaScope = TrendScope & { includeSample: boolean };

const COLUMNS = { severity: "severity", source: "source", type: "type", accountId: "account_id" } as const;

/** The movements in the order of their domain, for `movement = ANY (…)`. */
export function movementsWithSign(sign: 1 | -1): Movement[] {
  // The keys are the whole of the union: the record is exhaustive.
  return (Object.keys(MOVEMENT_SIGN) as Movement[]).filter((movement) => MOVEMENT_SIGN[movement] === sign);
}

/** What a row does to what is open: `n` with its movement's sign. */
export const SIGNED = Prisma.sql`CASE WHEN d.movement = ANY(${movementsWithSign(1)}) THEN d.n ELSE -d.n END`;

/** The smallest table that can answer, as `d`: accounts are in one of their own. */
export function toDeltaTable(scope: DeltaScope, byAccount: boolean): Prisma.Sql {
  return byAccount || scope.accountId.length > 0
    ? Prisma.sql`day_delta_account d`
    : Prisma.sql`day_delta_organisation d`;
}

/** The scope's conditions over day deltas `d`, or over anything that has the same columns. */
export function toScopeConditions(scope: DeltaScope): Prisma.Sql {
  const conditions = scope.includeSample ? [Prisma.sql`true`] : [Prisma.sql`NOT d.is_sample`];
  for (const [name, column] of Object.entries(COLUMNS)) {
    // Object.entries forgets the keys' type.
    const values: string[] = scope[name as keyof typeof COLUMNS];
    if (values.length > 0) conditions.push(Prisma.sql`${Prisma.raw(`d.${column}`)} = ANY(${values})`);
  }
  return Prisma.join(conditions, " AND ");
}
