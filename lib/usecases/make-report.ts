import type { Actor } from "#lib/db/write/connections.ts";
import { deleteReport, saveReport } from "#lib/db/write/period-reports.ts";
import type { NewReport } from "#lib/domain/period-report.ts";
import { tellReport } from "./tell-report.ts";

/** Tells a period and keeps what was told, for good. Returns its id. Throws AppError as `tellReport` does. */
export async function makeReport(wanted: NewReport, actor: Actor, now: Date): Promise<{ id: string }> {
  return { id: await saveReport(await tellReport(wanted, now), actor, now) };
}

/** Throws AppError not-found. */
export async function removeReport(id: string, actor: Actor, now: Date): Promise<void> {
  await deleteReport(id, actor, now);
}
