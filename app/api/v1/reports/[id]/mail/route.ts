import { z } from "zod";
import { env } from "#lib/config/env.ts";
import { getReport } from "#lib/db/read/period-reports.ts";
import { isMailOn } from "#lib/domain/is-mail-on.ts";
import { reportMailSchema } from "#lib/domain/report-mail.ts";
import { handleQuery } from "#lib/http/handlers.ts";
import { toMail } from "#lib/print/mail/to-mail.ts";
import { toPaper } from "#lib/print/to-paper.ts";

export const GET = handleQuery(
  "reports:write",
  z.strictObject({}),
  async (_, { params: { id }, now }) => {
    const { content } = await getReport(id, now);
    const url = new URL(`/reports/${id}`, env().APP_URL).href;
    return { isOn: isMailOn(env()), ...toMail(toPaper(content), { url, isTest: false }) };
  },
  {
    params: z.object({ id: z.uuid() }),
    output: reportMailSchema,
    summary: "A report as the e-mail that would be sent, without its file",
  },
);
