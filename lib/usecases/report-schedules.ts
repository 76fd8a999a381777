import { findSchedule } from "#lib/db/read/report-mail.ts";
import type { Actor } from "#lib/db/write/connections.ts";
import {
  type DueSchedule,
  deleteSchedule,
  finishScheduledRun,
  saveSchedule,
  saveScheduleChange,
  takeDueSchedules,
} from "#lib/db/write/report-schedules.ts";
import { AppError } from "#lib/domain/errors.ts";
import { dayFault, type NewReportSchedule, type ReportScheduleChange } from "#lib/domain/report-mail.ts";
import { lastOver, toReportDays } from "#lib/domain/report-period.ts";
import { dayThere, nextRun } from "#lib/domain/report-schedule.ts";
import { requireMail } from "./send-report.ts";
import { tellReport } from "./tell-report.ts";

/** What the next run hangs on. */
const MOVING = ["every", "day", "hour", "timeZone", "isPaused"] as const;

type Wanted = NewReportSchedule & { isMailOn: boolean };

/** Has reports made and sent from now on. Returns the schedule's id. Throws AppError conflict where nothing can be sent. */
export async function createSchedule({ isMailOn, ...schedule }: Wanted, actor: Actor, now: Date) {
  requireMail(isMailOn);
  return { id: await saveSchedule({ ...schedule, nextAt: nextRun(schedule, now) }, actor, now) };
}

/**
 * Changes a schedule. One that goes on, or goes by another rhythm, leaves out what it missed; another scope or other
 * recipients leave its next run where it is. Throws AppError: not-found, or invalid-input for a day that is none.
 */
export async function changeSchedule(
  { id, ...change }: ReportScheduleChange & { id: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const schedule = await findSchedule(id);
  if (schedule === null) throw new AppError("not-found", "There is no schedule with this id.");
  const changed = { ...schedule, ...change };
  const message = dayFault(changed);
  if (message !== null) throw new AppError("invalid-input", message, { faults: [{ field: "day", message }] });
  const isMoved = MOVING.some((name) => changed[name] !== schedule[name]);
  const nextAt = isMoved ? nextRun(changed, now) : new Date(schedule.nextAt);
  await saveScheduleChange({ id, change, nextAt }, actor, now);
}

/** Throws AppError not-found. */
export async function removeSchedule(id: string, actor: Actor, now: Date): Promise<void> {
  await deleteSchedule(id, actor, now);
}

/** Tells and sends every report whose time has come: each once, however many workers look, and however late. */
export async function runDueSchedules(now: Date): Promise<void> {
  for (const schedule of await takeDueSchedules(now)) {
    const run = await tellScheduled(schedule, now);
    if (run !== null) await finishScheduledRun(schedule, { run, following: nextRun(schedule, now) }, now);
  }
}

/**
 * What cannot be told is said on the schedule, which goes on. Null where it is too early, and it stays due: a period ends
 * at midnight UTC, which comes late where the sun rises first, and with what the syncs that began in it find.
 */
async function tellScheduled({ every, scope, timeZone }: DueSchedule, now: Date) {
  const today = new Date(dayThere(now, timeZone));
  const period = every === "week" ? "last-7-days" : lastOver(every, today);
  if (!toReportDays(period, now).isOver) return null;
  try {
    return { content: await tellReport({ period, scope }, now) };
  } catch (error) {
    if (error instanceof AppError && error.code === "conflict") return null;
    if (error instanceof AppError) return { failure: error.message };
    throw error;
  }
}
