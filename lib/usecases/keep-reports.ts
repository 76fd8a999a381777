import { getReportRetention } from "#lib/db/read/report-retention.ts";
import type { Actor } from "#lib/db/write/connections.ts";
import { deleteOutlived, saveReportRetention } from "#lib/db/write/report-retention.ts";
import type { ReportRetention } from "#lib/domain/report-retention.ts";

/** Says for how long reports are kept. What is older by then goes within the hour. */
export async function changeReportRetention(retention: ReportRetention, actor: Actor, now: Date): Promise<void> {
  await saveReportRetention(retention, actor, now);
}

/** Deletes the reports that are older than they are kept, but none that a link still opens or that is on its way. */
export async function pruneReports(now: Date): Promise<void> {
  const retention = await getReportRetention();
  while (await deleteOutlived(retention, now));
}
