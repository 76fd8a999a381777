import { env } from "#lib/config/env.ts";
import { smtpMailer } from "#lib/notify/smtp-mailer.ts";
import { toMail } from "#lib/print/mail/to-mail.ts";
import { toPdf } from "#lib/print/pdf/to-pdf.ts";
import { toPaper } from "#lib/print/to-paper.ts";
import { deliverReport } from "#lib/usecases/deliver-report.ts";

/** Tries to send one report to one recipient. */
export async function handleDeliverReport(wanted: { id: string }): Promise<void> {
  const { SMTP_URL: url, SMTP_FROM: from, APP_URL } = env();
  await deliverReport(wanted, {
    mailer: url && from ? smtpMailer({ url, from }) : null,
    toMail: async ({ id, content, madeAt, period }, isTest) => {
      const paper = toPaper(content);
      const file = {
        name: `security-report-${period}.pdf`,
        type: "application/pdf",
        content: await toPdf(paper, new Date(madeAt)),
      };
      return { ...toMail(paper, { url: new URL(`/reports/${id}`, APP_URL).href, isTest }), files: [file] };
    },
    clock: () => new Date(),
  });
}
