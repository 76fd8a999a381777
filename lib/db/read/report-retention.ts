import { DEFAULT_KEEP_MONTHS, type ReportRetention, reportRetentionSchema } from "#lib/domain/report-retention.ts";
import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";

/** For how long reports are kept. */
export async function getReportRetention(): Promise<ReportRetention> {
  const [row] = await ask<{ value: unknown }>(Prisma.sql`SELECT value FROM setting WHERE key = 'reports'`);
  return row ? reportRetentionSchema.parse(row.value) : { keepMonths: DEFAULT_KEEP_MONTHS };
}

/** How many reports would go now if they were kept for so many months. */
export async function countOutlived({ keepMonths }: ReportRetention, now: Date): Promise<number> {
  const [row] = await ask<{ n: number }>(
    Prisma.sql`SELECT count(*)::int AS n FROM period_report r WHERE ${isOutlived(keepMonths, now)}`,
  );
  return row?.n ?? 0;
}

/** That a report `r` was made longer ago than that, and nobody can open it by a link, nor is it on its way to anybody. */
export const isOutlived = (keepMonths: number, now: Date): Prisma.Sql => Prisma.sql`
  r.made_at < ${now}::timestamptz - make_interval(months => ${keepMonths})
  AND NOT EXISTS (SELECT FROM report_link l WHERE l.report_id = r.id AND l.revoked_at IS NULL AND l.expires_at > ${now})
  AND NOT EXISTS (SELECT FROM report_delivery d WHERE d.report_id = r.id AND d.state = 'queued')`;
