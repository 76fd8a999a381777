import { endOfDay, toDay } from "#lib/domain/day.ts";
import { Prisma } from "../generated/client.ts";
import { type DeltaScope, toScopeConditions } from "./day-deltas.ts";
import { ofAccounts, SCOPE_OF_FINDING } from "./due-scope.ts";
import { ask } from "./prepared.ts";

/** Issues that were fixed in a period, by whether that was in time. `period` is its place. */
export type FixedByDue = { period: number; isInTime: boolean; issues: number };

type Period = { from: string; to: string };

/**
 * Real fixes, as they were known at a moment, by the due date that the issue had when the fix was recorded: what came
 * later changes nothing. The due date is told by the worst of its findings. The periods follow one another.
 */
export function listFixedByDue(periods: Period[], scope: DeltaScope, at: Date): Promise<FixedByDue[]> {
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) return Promise.resolve([]);
  const isOfAccounts = scope.accountId.length > 0;
  const [table, account] = isOfAccounts
    ? [Prisma.sql`due_fix`, Prisma.sql`account_id`]
    : [Prisma.sql`due_fix_organisation`, Prisma.sql`NULL::text AS account_id`];
  return ask<FixedByDue>(Prisma.sql`
    SELECT width_bucket(d.closed_on, ${periods.map(({ from }) => from)}::date[]) - 1 AS period, d.is_in_time AS "isInTime", sum(d.n)::int AS issues
    FROM (
      SELECT ${account}, team_id, source, type, severity, is_sample, closed_on, is_in_time, n
      FROM ${table} WHERE known_on <= ${toDay(at)}::date
      UNION ALL ${toLater(at, scope)}
    ) AS d
    WHERE d.closed_on >= ${first.from}::date AND d.closed_on <= ${last.to}::date AND ${toScopeConditions(scope)}
    GROUP BY 1, 2 HAVING sum(d.n) <> 0`);
}

/** What became known on the rest of the day is taken back, and what was found to be no fix then comes back. */
function toLater(at: Date, scope: DeltaScope): Prisma.Sql {
  const within = (instant: Prisma.Sql) =>
    Prisma.sql`${instant} > ${at}::timestamptz AND ${instant} <= ${endOfDay(toDay(at))}::timestamptz`;
  return Prisma.sql`
    SELECT k.account_id, f.team_id, f.source, f.type, f.severity, f.is_sample, (k.closed_at AT TIME ZONE 'UTC')::date, f.due_at >= k.closed_at, k.n
    FROM (
      SELECT k.*, -1 AS n FROM issue_clock_version k WHERE k.is_fix AND ${within(Prisma.sql`k.valid_from`)} ${ofAccounts("k", scope)}
      UNION ALL
      SELECT k.*, 1 FROM issue_clock_version k
      WHERE k.is_fix AND k.valid_to < 'infinity' AND ${within(Prisma.sql`k.valid_to`)} ${ofAccounts("k", scope)}
    ) AS k CROSS JOIN LATERAL (
      SELECT ${SCOPE_OF_FINDING}, v.severity, v.due_at
      FROM finding f CROSS JOIN LATERAL (
        SELECT * FROM finding_version WHERE account_id = k.account_id AND finding_id = f.id AND valid_from <= k.valid_from
        ORDER BY valid_from DESC LIMIT 1
      ) AS v
      WHERE f.account_id = k.account_id AND f.issue_id = k.issue_id AND v.valid_to > k.valid_from
      ORDER BY v.rank DESC, f.id LIMIT 1
    ) AS f WHERE f.due_at IS NOT NULL`;
}
