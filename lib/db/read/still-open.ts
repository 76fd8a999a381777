import { addDays } from "#lib/domain/day.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import type { TrendDay, TrendKey, TrendsQuery } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import type { History } from "./as-of.ts";
import { ask } from "./prepared.ts";
import { toToldFindings } from "./told-findings.ts";

const KEYS: Record<TrendKey, Prisma.Sql> = {
  severity: Prisma.sql`f.severity`,
  source: Prisma.sql`f.source`,
  accountId: Prisma.sql`f.account_id`,
  team: Prisma.sql`coalesce((SELECT t.team_id FROM lineage_team t
    WHERE t.account_id = f.account_id AND t.lineage_id = f.lineage_id), ${NO_TEAM})`,
  resourceType: Prisma.sql`f.resource_type`,
};

/** `day`: 0 = the first of them or earlier. */
type Row = { key: string; day: number; n: number };

/**
 * Writes into each of the days, all of them before the first sync, how many that are still active had been observed by
 * its end: the one thing that is known of that time. Returns the keys that occur.
 */
export async function tellStillOpen(
  days: TrendDay[],
  query: TrendsQuery,
  history: History,
  now: Date,
): Promise<Set<string>> {
  const rows = await selectStillOpen(days, query, history, now);
  const counts = new Map<string, number>();
  const byDay = Map.groupBy(rows, ({ day }) => day);
  days.forEach((day, index) => {
    for (const { key, n } of byDay.get(index) ?? []) counts.set(key, (counts.get(key) ?? 0) + n);
    day.stillOpen = Object.fromEntries(counts);
  });
  return new Set(counts.keys());
}

async function selectStillOpen(days: TrendDay[], query: TrendsQuery, history: History, now: Date): Promise<Row[]> {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [];
  const { view, where } = toToldFindings(query, ["active"], history, now);
  const end = `${addDays(last.day, 1)}T00:00:00Z`;
  return await ask<Row>(Prisma.sql`
    SELECT ${KEYS[query.by]} AS key, greatest((f.first_observed_at AT TIME ZONE 'UTC')::date - ${first.day}::date, 0) AS day,
      count(*)::int AS n
    FROM ${view.rows} ${where} AND f.first_observed_at < ${end}::timestamptz
    GROUP BY 1, 2`);
}
