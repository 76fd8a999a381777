import { MOVEMENT_SIGN, type Movement } from "#lib/domain/lifecycle-event.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import type { TrendScope } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import { TEAM_OF_PLACE } from "./moved-findings.ts";

/** Which part of the day deltas is read. Sample rows take part only when `includeSample`. */
export type DeltaScope = TrendScope & { includeSample: boolean };

const COLUMNS = {
  severity: "severity",
  source: "source",
  type: "type",
  accountId: "account_id",
  team: "team_id",
} as const;

/** The movements in the order of their domain, for `movement = ANY (…)`. */
export function movementsWithSign(sign: 1 | -1): Movement[] {
  // The keys are the whole of the union: the record is exhaustive.
  return (Object.keys(MOVEMENT_SIGN) as Movement[]).filter((movement) => MOVEMENT_SIGN[movement] === sign);
}

/** What a row does to what is open: `n` with its movement's sign. */
export const SIGNED = Prisma.sql`CASE WHEN d.movement = ANY(${movementsWithSign(1)}) THEN d.n ELSE -d.n END`;

const COUNTED = Prisma.sql`source, type, severity, day, movement, is_sample, reason`;

/**
 * What moved in the places of each team, and in those that no team has: all that moved, less what moved in the teams'.
 * By account where that is asked for.
 */
export function toTeamDeltas({ accountId, team }: DeltaScope, byAccount = accountId.length > 0): Prisma.Sql {
  const [account, teamTable, table] = byAccount
    ? [Prisma.sql`account_id`, Prisma.sql`day_delta_team`, Prisma.sql`day_delta_account`]
    : [NO_ACCOUNT, Prisma.sql`day_delta_team_organisation`, Prisma.sql`day_delta_organisation`];
  const teams = Prisma.sql`SELECT ${account}, ${COUNTED}, n, team_id FROM ${teamTable}`;
  if (team.length > 0 && !team.includes(NO_TEAM)) return Prisma.sql`(${teams}) AS d`;
  return Prisma.sql`(
    ${teams} UNION ALL SELECT ${account}, ${COUNTED}, n, ${NO_TEAM}::text FROM ${table}
    UNION ALL SELECT ${account}, ${COUNTED}, -n, ${NO_TEAM}::text FROM ${teamTable}
  ) AS d`;
}

const NO_ACCOUNT = Prisma.sql`NULL::text AS account_id`;

/** The smallest table that can answer, as `d`: accounts and teams are in ones of their own. */
export function toDeltaTable(scope: DeltaScope, byAccount: boolean): Prisma.Sql {
  const hasAccounts = byAccount || scope.accountId.length > 0;
  if (scope.team.length > 0) return toTeamDeltas(scope, hasAccounts);
  return hasAccounts ? Prisma.sql`day_delta_account d` : Prisma.sql`day_delta_organisation d`;
}

/** What moved by the type of the resource: of everything, or in the accounts and teams of the scope. */
export function toTypeDeltas({ accountId, team }: DeltaScope): Prisma.Sql {
  return accountId.length > 0 || team.length > 0
    ? Prisma.sql`day_delta_resource_type d`
    : Prisma.sql`day_delta_resource_type_organisation d`;
}

/** Which team has the lineage of a movement `m` of an event `e`, as the deltas call it. */
export const TEAM_OF_MOVEMENT = Prisma.sql`${TEAM_OF_PLACE} AS team_id`;

/** Which type the resource of an event's `e` finding has, as the deltas call it. */
export const RESOURCE_TYPE_OF_EVENT = Prisma.sql`(
  SELECT f.resource_type FROM finding f WHERE f.account_id = e.account_id AND f.id = e.finding_id) AS resource_type`;

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

/** The same over the movements of events, of which only those of accounts are read where a team has places. */
export function toEventConditions(scope: DeltaScope): Prisma.Sql {
  const conditions = toScopeConditions(scope);
  if (scope.team.length === 0 || scope.team.includes(NO_TEAM)) return conditions;
  return Prisma.sql`${conditions} AND d.account_id IN (SELECT account_id FROM lineage_team WHERE team_id = ANY(${scope.team}))`;
}
