import type { SlaCount } from "#lib/domain/sla.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { Prisma } from "../generated/client.ts";
import { type DeltaScope, toScopeConditions } from "./day-deltas.ts";
import { ask } from "./prepared.ts";

/** What was open at a moment and had a due date, by whether that had passed. */
export type OpenByDue = { inTime: SlaCount; overdue: SlaCount };

const NOTHING: SlaCount = { findings: 0, issues: 0 };
export const NOTHING_OPEN: OpenByDue = { inTime: NOTHING, overdue: NOTHING };

/** A bit for each moment: so many fit into a bigint without its sign. */
const MOST_MOMENTS = 62;

/**
 * What was open at each of some moments, which are in order of time, by the due dates of then. Every version is read
 * once, whatever number of moments it spans.
 */
export async function listOpenByDue(moments: string[], scope: DeltaScope): Promise<OpenByDue[]> {
  const open: OpenByDue[] = [];
  for (let start = 0; start < moments.length; start += MOST_MOMENTS) {
    const some = moments.slice(start, start + MOST_MOMENTS);
    const rows = await selectOpen(some, scope);
    open.push(...some.map((_, index) => rows.find((row) => row.moment === index) ?? NOTHING_OPEN));
  }
  return open;
}

function selectOpen(moments: string[], scope: DeltaScope): Promise<(OpenByDue & { moment: number })[]> {
  const told = Prisma.sql`${moments}::timestamptz[]`;
  // How many of the moments lie before an instant; instants are whole milliseconds.
  const before = (instant: Prisma.Sql) => Prisma.sql`width_bucket(${instant} - INTERVAL '1 millisecond', ${told})`;
  return ask<OpenByDue & { moment: number }>(Prisma.sql`
    WITH version AS MATERIALIZED (
      SELECT d.issue_id, ${bitsBetween(Prisma.sql`d.came`, Prisma.sql`least(d.went, d.due)`)} AS in_time,
        ${bitsBetween(Prisma.sql`greatest(d.came, d.due)`, Prisma.sql`d.went`)} AS overdue
      FROM (
        SELECT f.issue_id, f.account_id, v.severity, ${columnsOf("f")}, ${before(Prisma.sql`v.valid_from`)} AS came,
          ${before(Prisma.sql`v.valid_to`)} AS went, width_bucket(v.due_at, ${told}) AS due
        FROM finding_version v JOIN finding f ON f.id = v.finding_id
        WHERE v.status = 'active' AND v.due_at IS NOT NULL AND v.valid_from <= ${moments.at(-1)}::timestamptz
          AND v.valid_to > ${moments[0]}::timestamptz ${ofAccounts("v", scope)}
      ) AS d WHERE d.went > d.came AND ${toScopeConditions(scope)}
    )
    SELECT moment, ${sumOf("in_time")} AS "inTime", ${sumOf("overdue")} AS overdue
    FROM (
      SELECT in_time, overdue, count(*) AS findings, 0 AS issues FROM version GROUP BY 1, 2
      UNION ALL
      SELECT in_time, overdue, 0, count(*)
      FROM (SELECT bit_or(in_time) AS in_time, bit_or(overdue) AS overdue FROM version GROUP BY issue_id) AS issue GROUP BY 1, 2
    ) AS counted CROSS JOIN generate_series(0, ${moments.length - 1}::int) AS moment GROUP BY 1`);
}

/** The bits of the moments after the first `from` and up to `to`. */
const bitsBetween = (from: Prisma.Sql, to: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`CASE WHEN ${to} > ${from} THEN (1::bigint << ${to}) - (1::bigint << ${from}) ELSE 0 END`;

function sumOf(mask: "in_time" | "overdue"): Prisma.Sql {
  const isOwn = Prisma.raw(`${mask} >> moment & 1 = 1`);
  return Prisma.sql`json_build_object('findings', coalesce(sum(findings) FILTER (WHERE ${isOwn}), 0),
    'issues', coalesce(sum(issues) FILTER (WHERE ${isOwn}), 0))`;
}

/** What a scope narrows by, beside account and severity. */
export const columnsOf = (row: "x" | "f"): Prisma.Sql =>
  Prisma.raw(`${row}.source, ${row}.type, ${row}.is_sample, coalesce((
  SELECT t.team_id FROM lineage_team t WHERE t.account_id = ${row}.account_id AND t.lineage_id = ${row}.lineage_id), '${NO_TEAM}') AS team_id`);

/** That a row is of the scope's accounts: its index begins with them. */
export const ofAccounts = (row: "i" | "k" | "v", { accountId }: Pick<DeltaScope, "accountId">): Prisma.Sql =>
  accountId.length === 0 ? Prisma.empty : Prisma.sql`AND ${Prisma.raw(row)}.account_id = ANY(${accountId})`;
