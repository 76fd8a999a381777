import { NO_TEAM } from "#lib/domain/team-words.ts";
import { Prisma } from "../generated/client.ts";
import type { DeltaScope } from "./day-deltas.ts";

/** What a scope narrows a finding `f` by, beside account and severity. */
export const SCOPE_OF_FINDING = Prisma.sql`f.source, f.type, f.is_sample, coalesce((
  SELECT t.team_id FROM lineage_team t WHERE t.account_id = f.account_id AND t.lineage_id = f.lineage_id), ${NO_TEAM}) AS team_id`;

/** That a row is of the scope's accounts: its index begins with them. */
export const ofAccounts = (row: "i" | "k", { accountId }: Pick<DeltaScope, "accountId">): Prisma.Sql =>
  accountId.length === 0 ? Prisma.empty : Prisma.sql`AND ${Prisma.raw(row)}.account_id = ANY(${accountId})`;
