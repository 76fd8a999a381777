import { v7 as uuidv7 } from "uuid";
import { AppError } from "#lib/domain/errors.ts";
import type { ReportContent, ReportScope } from "#lib/domain/period-report.ts";
import type { NewReportSchedule, ReportScheduleChange } from "#lib/domain/report-mail.ts";
import type { Rhythm } from "#lib/domain/report-schedule.ts";
import { database, inTransaction } from "../database.ts";
import { saveAuditEvent } from "./audit-event.ts";
import type { Actor } from "./connections.ts";
import { insertDeliveries } from "./report-deliveries.ts";

/** Keeps a schedule whose first run is `nextAt`. Returns its id. */
export async function saveSchedule(
  schedule: NewReportSchedule & { nextAt: Date },
  actor: Actor,
  now: Date,
): Promise<string> {
  const id = uuidv7();
  const { every, scope, recipients, day, hour, timeZone, nextAt } = schedule;
  await inTransaction(async (client) => {
    await client.query(
      `INSERT INTO report_schedule (id, every, scope, recipients, day, hour, time_zone, next_at, created_at, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, every, scope, recipients, day, hour, timeZone, nextAt, now, actor.personId],
    );
    const detail = { every, scope, recipients, day, hour, timeZone };
    await saveAuditEvent(client, { actor: actor.userName, action: "report-schedule.create", target: id, detail, now });
  });
  return id;
}

type Change = { id: string; change: ReportScheduleChange; nextAt: Date };

/** Changes a schedule, whose next run is `nextAt` then. Throws AppError not-found. */
export async function saveScheduleChange({ id, change, nextAt }: Change, actor: Actor, now: Date): Promise<void> {
  const { every, scope, recipients, day, hour, timeZone, isPaused } = change;
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE report_schedule SET every = coalesce($2, every), scope = coalesce($3, scope), recipients = coalesce($4, recipients),
         day = coalesce($5, day), hour = coalesce($6, hour), time_zone = coalesce($7, time_zone),
         is_paused = coalesce($8, is_paused), next_at = $9, failure = NULL
       WHERE id = $1`,
      [id, every, scope, recipients, day, hour, timeZone, isPaused, nextAt],
    );
    if (rowCount === 0) throw new AppError("not-found", "There is no schedule with this id.");
    const action = "report-schedule.change";
    await saveAuditEvent(client, { actor: actor.userName, action, target: id, detail: change, now });
  });
}

/** Throws AppError not-found. */
export async function deleteSchedule(id: string, actor: Actor, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rowCount } = await client.query("DELETE FROM report_schedule WHERE id = $1", [id]);
    if (rowCount === 0) throw new AppError("not-found", "There is no schedule with this id.");
    await saveAuditEvent(client, { actor: actor.userName, action: "report-schedule.delete", target: id, now });
  });
}

export type DueSchedule = Rhythm & { id: string; scope: ReportScope; recipients: string[]; nextAt: Date };

/** Schedules whose time has come, the longest due first. */
export async function takeDueSchedules(now: Date): Promise<DueSchedule[]> {
  const { rows } = await database().pool.query<DueSchedule>(
    `SELECT id, every, scope, recipients, day, hour, time_zone AS "timeZone", next_at AS "nextAt"
     FROM report_schedule WHERE next_at <= $1 AND NOT is_paused ORDER BY next_at LIMIT 20`,
    [now],
  );
  return rows;
}

type Run = { content: ReportContent } | { failure: string };

/**
 * Keeps what became of a run: the report with an e-mail for each recipient, or why there is none; and the next run. Of
 * two workers that ran it, one does.
 */
export async function finishScheduledRun(
  { id, nextAt, recipients }: DueSchedule,
  { run, following }: { run: Run; following: Date },
  now: Date,
): Promise<void> {
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      "UPDATE report_schedule SET next_at = $3, failure = $4 WHERE id = $1 AND next_at = $2 AND NOT is_paused",
      [id, nextAt, following, "failure" in run ? run.failure : null],
    );
    if (rowCount === 0 || "failure" in run) return;
    const { content } = run;
    const reportId = uuidv7();
    await client.query(
      `INSERT INTO period_report (id, period, scope, content, as_of, made_at, schedule_id) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [reportId, content.period, content.scope, content, content.asOf, now, id],
    );
    await insertDeliveries(client, { reportId, recipients, isTest: false }, now);
    const detail = { schedule: id, period: content.period, recipients };
    await saveAuditEvent(client, { actor: "system", action: "report.create", target: reportId, detail, now });
  });
}
