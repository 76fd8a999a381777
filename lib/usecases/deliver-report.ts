import { getReport } from "#lib/db/read/period-reports.ts";
import { failDelivery, finishDelivery, takeDelivery } from "#lib/db/write/report-deliveries.ts";
import type { ReportDetail } from "#lib/domain/period-report.ts";
import type { Mail, Mailer } from "#lib/notify/mailer.ts";

/** What the worker brings along. `mailer`: null where no mail server is set. `toMail` lays a report out as an e-mail. */
export type MailMeans = {
  mailer: Mailer | null;
  toMail: (report: ReportDetail, isTest: boolean) => Promise<Omit<Mail, "id" | "to">>;
  clock: () => Date;
};

const MINUTE_MS = 60_000;
/** Between one attempt and the next: eight attempts in not quite a day. */
const WAITS_MINUTES = [1, 5, 15, 60, 180, 360, 720];

/**
 * Tries to send one report to one recipient. What the mail server does not take is tried again later, unless it said that
 * it never will, or it was the last attempt. Stopped anywhere and called again, it may come twice, under one id.
 */
export async function deliverReport({ id }: { id: string }, { mailer, toMail, clock }: MailMeans): Promise<void> {
  const taken = await takeDelivery(id);
  if (taken === null) return;
  if (mailer === null) return await failDelivery(id, "No mail server is set any more: see SMTP_URL.", null);
  const report = await getReport(taken.reportId, clock());
  const outcome = await mailer({ ...(await toMail(report, taken.isTest)), id, to: taken.recipient });
  if (outcome.failure === null) return await finishDelivery(id, clock());
  const waitMinutes = outcome.isFinal ? undefined : WAITS_MINUTES[taken.attempts];
  const next = waitMinutes === undefined ? null : new Date(clock().getTime() + waitMinutes * MINUTE_MS);
  await failDelivery(id, outcome.failure, next);
}
