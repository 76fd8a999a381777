import { firstOfNextMonth, monthsBetween } from "#lib/domain/day.ts";
import type { MoveReason } from "#lib/domain/lifecycle-event.ts";
import type { ReopenedRate } from "#lib/domain/reopened.ts";
import { type RemediationQuery, requireDays } from "#lib/domain/trends.ts";
import { Prisma } from "../generated/client.ts";
import { getHistory, type History, toldAt } from "./as-of.ts";
import { type DeltaScope, TEAM_OF_MOVEMENT, toDeltaTable, toScopeConditions } from "./day-deltas.ts";
import { selectMovements } from "./moved-findings.ts";
import { ask } from "./prepared.ts";

const CLOSED: MoveReason[] = ["fixed", "resource-gone", "not-reported"];

type Row = { month: string; reopened: number; closed: number };

/** How often what was closed came back, by month. Throws AppError invalid-input for days that cannot be told. */
export async function getReopenedRate(query: RemediationQuery, now: Date): Promise<ReopenedRate> {
  const { from, to } = requireDays(query, now);
  const months = monthsBetween(from, to);
  const history = await getHistory();
  const rows = await selectRows({ ...query, includeSample: history.includeSample }, months, history);
  return {
    asOf: toldAt(history),
    firstSyncAt: history.firstSyncAt?.toISOString() ?? null,
    months: months.map((month) => {
      const { reopened, closed } = rows.find((row) => row.month === month) ?? { reopened: 0, closed: 0 };
      return { month, reopened, closed, share: closed === 0 ? null : reopened / closed };
    }),
  };
}

function selectRows(scope: DeltaScope, months: string[], { settledAt, hasUnsettled }: History): Promise<Row[]> {
  const conditions = toScopeConditions(scope);
  const [first, end] = [months[0] ?? "", firstOfNextMonth(months.at(-1) ?? "")];
  const days = Prisma.sql`SELECT d.day, d.reason, d.n FROM ${toDeltaTable(scope, false)}
    WHERE d.day >= ${first}::date AND d.day < ${end}::date AND ${conditions}`;
  const unsettled = selectMovements(
    Prisma.sql`a.id AS account_id, e.source, e.type, e.is_sample, m.severity, m.reason, -1 AS n, ${TEAM_OF_MOVEMENT},
      (e.recorded_at AT TIME ZONE 'UTC')::date AS day`,
    Prisma.sql`${new Date(settledAt.getTime() + 1)}::timestamptz`,
    Prisma.sql`${end}::date::timestamp AT TIME ZONE 'UTC'`,
  );
  const less = Prisma.sql`UNION ALL SELECT d.day, d.reason, d.n FROM (${unsettled}) AS d WHERE ${conditions}`;
  return ask<Row>(Prisma.sql`
    SELECT date_trunc('month', day)::date::text AS month,
      coalesce(sum(n) FILTER (WHERE reason = 'reopened'), 0)::int AS reopened,
      coalesce(sum(n) FILTER (WHERE reason = ANY(${CLOSED})), 0)::int AS closed
    FROM (${days} ${hasUnsettled ? less : Prisma.empty}) AS moved GROUP BY 1`);
}
