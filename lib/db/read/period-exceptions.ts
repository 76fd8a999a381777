import { addDays, toDay } from "#lib/domain/day.ts";
import type { ReportContent, ReportException } from "#lib/domain/period-report.ts";
import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";

/** A report looks so far ahead for what runs out. */
const AHEAD_DAYS = 30;
const MOST = 50;

const iso = (expression: string) =>
  Prisma.raw(`to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** A version counts from when it was made, or from a second person's word where it waited for one. */
const SINCE = Prisma.sql`coalesce(v.decided_at, v.made_at)`;

/** What each rule said at a moment: its last version that counted by then. `granted_at`: when its first one did. */
const rulesAt = (at: Date) => Prisma.sql`
  SELECT DISTINCT ON (v.rule_id) v.*, r.ended_at, r.end_cause,
    min(${SINCE}) OVER (PARTITION BY v.rule_id) AS granted_at
  FROM exception_version v JOIN exception_rule r ON r.id = v.rule_id
  WHERE v.decision IS DISTINCT FROM 'declined' AND ${SINCE} <= ${at}
    AND (v.decision = 'approved' OR v.number IS DISTINCT FROM r.pending)
  ORDER BY v.rule_id, v.number DESC`;

/** Standing exceptions after one moment and up to another: granted, ended, and those that run out in the 30 days after. */
export async function getPeriodExceptions(from: Date, at: Date): Promise<NonNullable<ReportContent["exceptions"]>> {
  const ahead = new Date(`${addDays(toDay(at), AHEAD_DAYS)}T23:59:59.999Z`);
  const select = (moment: string, where: Prisma.Sql) =>
    ask<ReportException>(Prisma.sql`
      SELECT v.rule_id AS id, v.query, v.grounds, v.reason, p.user_name AS owner, ${iso(moment)} AS at,
        ${iso("v.expires_at")} AS until
      FROM (${rulesAt(at)}) AS v JOIN person p ON p.id = v.owner_id
      WHERE ${where} ORDER BY ${Prisma.raw(moment)}, v.rule_id LIMIT ${MOST}`);
  const [granted, ended, expiring] = await Promise.all([
    select("v.granted_at", Prisma.sql`v.granted_at > ${from}`),
    select("v.ended_at", Prisma.sql`v.ended_at > ${from} AND v.ended_at <= ${at} AND v.end_cause <> 'declined'`),
    select(
      "v.expires_at",
      Prisma.sql`(v.ended_at IS NULL OR v.ended_at > ${at}) AND v.expires_at > ${at} AND v.expires_at <= ${ahead}`,
    ),
  ]);
  return { granted, ended, expiring };
}
