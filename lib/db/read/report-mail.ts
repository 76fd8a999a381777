import { reportScopeSchema } from "#lib/domain/period-report.ts";
import type { ReportDelivery, ReportSchedule } from "#lib/domain/report-mail.ts";
import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";

const MOST_DELIVERIES = 100;
const MOST_SCHEDULES = 200;

const iso = (column: string) => Prisma.raw(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** To whom a report was sent, or is on its way, the newest first. */
export function listDeliveries(reportId: string): Promise<ReportDelivery[]> {
  return ask<ReportDelivery>(Prisma.sql`
    SELECT id, report_id AS "reportId", recipient, state, is_test AS "isTest", ${iso("made_at")} AS "madeAt", attempts,
      ${iso("next_attempt_at")} AS "nextAttemptAt", ${iso("sent_at")} AS "sentAt", failure
    FROM report_delivery WHERE report_id = ${reportId}::uuid ORDER BY id DESC LIMIT ${MOST_DELIVERIES}`);
}

/** Every schedule, the next to run first. */
export function listSchedules(): Promise<ReportSchedule[]> {
  return selectSchedules(Prisma.sql`true`);
}

/** One of them; null where there is none. */
export async function findSchedule(id: string): Promise<ReportSchedule | null> {
  const [schedule] = await selectSchedules(Prisma.sql`s.id = ${id}::uuid`);
  return schedule ?? null;
}

async function selectSchedules(condition: Prisma.Sql): Promise<ReportSchedule[]> {
  const rows = await ask<ReportSchedule>(Prisma.sql`
    SELECT s.id, s.every, s.scope, s.recipients, s.day, s.hour, s.time_zone AS "timeZone", s.is_paused AS "isPaused",
      ${iso("s.next_at")} AS "nextAt", coalesce(p.user_name, 'somebody who is gone') AS "createdBy", s.failure
    FROM report_schedule s LEFT JOIN person p ON p.id = s.created_by
    WHERE ${condition} ORDER BY s.next_at, s.id LIMIT ${MOST_SCHEDULES}`);
  return rows.map((row) => ({ ...row, scope: reportScopeSchema.parse(row.scope) }));
}
