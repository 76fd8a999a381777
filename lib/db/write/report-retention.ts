import type { ReportRetention } from "#lib/domain/report-retention.ts";
import { inTransaction } from "../database.ts";
import { Prisma } from "../generated/client.ts";
import { isOutlived } from "../read/report-retention.ts";
import { saveAuditEvent } from "./audit-event.ts";
import type { Actor } from "./connections.ts";

const MOST_AT_ONCE = 200;

/** Says for how long reports are kept from now on. */
export async function saveReportRetention(retention: ReportRetention, actor: Actor, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    await client.query(
      `INSERT INTO setting (key, value, updated_at) VALUES ('reports', $1, $2)
       ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at`,
      [retention, now],
    );
    await saveAuditEvent(client, { actor: actor.userName, action: "report-retention.change", detail: retention, now });
  });
}

/** Deletes some of the reports that are older than they are kept, with their e-mails. Returns whether there are more. */
export async function deleteOutlived({ keepMonths }: ReportRetention, now: Date): Promise<boolean> {
  return await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      Prisma.sql`DELETE FROM period_report WHERE id IN (
        SELECT r.id FROM period_report r WHERE ${isOutlived(keepMonths, now)} ORDER BY r.id LIMIT ${MOST_AT_ONCE})`,
    );
    const reports = rowCount ?? 0;
    const detail = { reports, keepMonths };
    if (reports > 0) await saveAuditEvent(client, { actor: "system", action: "report.outlived", detail, now });
    return reports === MOST_AT_ONCE;
  });
}
