import { endOfDay, toDay } from "#lib/domain/day.ts";
import type { SlaCount } from "#lib/domain/sla.ts";
import { Prisma } from "../generated/client.ts";
import { type DeltaScope, toScopeConditions } from "./day-deltas.ts";
import { toKindConditions } from "./due-kinds.ts";
import { SCOPE_OF_FINDING } from "./due-scope.ts";
import { eventsBetween } from "./moved-findings.ts";
import { ask } from "./prepared.ts";

/** What was open at a moment and had a due date, by whether that had passed. */
export type OpenByDue = { inTime: SlaCount; overdue: SlaCount };

type Standing = "in-time" | "overdue";
type Count = { standing: Standing; findings: number; issues: number };

/**
 * What was open at each of some moments, which are in order of time and of different days, by the due dates of then. Ends
 * of days are sums of what changed up to then; of a moment within a day, what changed later on that day is taken back.
 */
export async function listOpenByDue(moments: string[], scope: DeltaScope): Promise<OpenByDue[]> {
  const instants = moments.map((moment) => new Date(moment));
  const [rows, ...corrections] = await Promise.all([
    selectChanges(instants.map(toDay), scope),
    ...instants.map((instant) => (instant < endOfDay(toDay(instant)) ? selectLater(instant, scope) : [])),
  ]);
  const sumOf = (counts: Count[], standing: Standing): SlaCount => {
    const own = counts.filter((count) => count.standing === standing);
    return {
      findings: own.reduce((sum, { findings }) => sum + findings, 0),
      issues: own.reduce((sum, { issues }) => sum + issues, 0),
    };
  };
  return instants.map((_, index) => {
    const counts = [...rows.filter(({ moment }) => moment <= index), ...(corrections[index] ?? [])];
    return { inTime: sumOf(counts, "in-time"), overdue: sumOf(counts, "overdue") };
  });
}

/** What changed up to the end of the first day, and between those of each two. */
async function selectChanges(days: string[], scope: DeltaScope): Promise<(Count & { moment: number })[]> {
  if (days.length === 0) return [];
  const table = scope.accountId.length > 0 ? toAccountDeltas(scope.accountId) : Prisma.sql`due_delta_organisation d`;
  return await ask(Prisma.sql`
    SELECT width_bucket(d.day - 1, ${days}::date[]) AS moment, d.standing,
      coalesce(sum(d.n) FILTER (WHERE d.unit = 'finding'), 0)::int AS findings,
      coalesce(sum(d.n) FILTER (WHERE d.unit = 'issue'), 0)::int AS issues
    FROM ${table} WHERE d.day <= ${days.at(-1)}::date AND ${toKindConditions(scope)} GROUP BY 1, 2`);
}

/** What an account has in one row, a row for each number: as the organisation has them. */
const toAccountDeltas = (accountId: string[]): Prisma.Sql => Prisma.sql`(
  SELECT r.team_id, r.day, r.kinds, r.sample_kinds, v.*
  FROM due_delta r CROSS JOIN LATERAL (VALUES
    ('finding', 'in-time', r.findings_in_time), ('finding', 'overdue', r.findings_overdue),
    ('issue', 'in-time', r.issues_in_time), ('issue', 'overdue', r.issues_overdue)) AS v (unit, standing, n)
  WHERE r.account_id = ANY(${accountId})
) AS d`;

/**
 * What the issues that changed between a moment and the end of its day counted at the moment, less what they counted at
 * the end.
 */
function selectLater(at: Date, scope: DeltaScope): Promise<Count[]> {
  const end = endOfDay(toDay(at));
  const after = (instant: Date) => Prisma.sql`${new Date(instant.getTime() + 1)}::timestamptz`;
  const accounts =
    scope.accountId.length > 0 ? Prisma.sql`(SELECT unnest(${scope.accountId}::text[]) AS id)` : undefined;
  const isAt = (instant: Date, n: number) => Prisma.sql`
    SELECT ${n}::int AS n, CASE WHEN due_at < ${instant}::timestamptz THEN 'overdue' ELSE 'in-time' END AS standing, issue_id
    FROM span d WHERE valid_from <= ${instant}::timestamptz AND valid_to > ${instant}::timestamptz AND ${toScopeConditions(scope)}`;
  return ask<Count>(Prisma.sql`
    WITH changed AS MATERIALIZED (
      SELECT e.account_id, e.finding_id FROM ${eventsBetween(after(at), after(end), accounts)}
      UNION
      -- What is overdue from within the day on, of which an index knows: all else is due at the end of a day.
      SELECT account_id, finding_id FROM finding_version
      WHERE due_at >= ${at}::timestamptz AND due_at < ${end}::timestamptz AND (due_at AT TIME ZONE 'UTC')::time <> '23:59:59.999'
    ), touched AS MATERIALIZED (
      SELECT DISTINCT c.account_id, f.issue_id FROM changed c
      CROSS JOIN LATERAL (SELECT issue_id FROM finding WHERE account_id = c.account_id AND id = c.finding_id OFFSET 0) AS f
    ), span AS MATERIALIZED (
      SELECT f.*, v.severity, v.valid_from, v.valid_to, v.due_at
      FROM touched t CROSS JOIN LATERAL (
        SELECT account_id, id, issue_id, ${SCOPE_OF_FINDING} FROM finding AS f
        WHERE account_id = t.account_id AND issue_id = t.issue_id AND (status <> 'closed' OR updated_at > ${at}::timestamptz) OFFSET 0) AS f
      CROSS JOIN LATERAL (
        (SELECT * FROM finding_version WHERE account_id = f.account_id AND finding_id = f.id AND valid_from <= ${at}::timestamptz
          ORDER BY valid_from DESC LIMIT 1)
        UNION ALL
        (SELECT * FROM finding_version WHERE account_id = f.account_id AND finding_id = f.id
          AND valid_from > ${at}::timestamptz AND valid_from <= ${end}::timestamptz OFFSET 0)
      ) AS v WHERE v.status = 'active' AND v.due_at IS NOT NULL
    )
    SELECT standing, sum(n * findings)::int AS findings, sum(n)::int AS issues
    FROM (
      SELECT n, standing, issue_id, count(*) AS findings FROM (${isAt(at, 1)} UNION ALL ${isAt(end, -1)}) AS open GROUP BY 1, 2, 3
    ) AS issue GROUP BY 1`);
}
