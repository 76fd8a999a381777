import { z } from "zod";
import { env } from "#lib/config/env.ts";
import { listDeliveries } from "#lib/db/read/report-mail.ts";
import { isMailOn } from "#lib/domain/is-mail-on.ts";
import { newReportDeliverySchema, reportDeliveriesSchema } from "#lib/domain/report-mail.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { sendReport } from "#lib/usecases/send-report.ts";

const params = z.object({ id: z.uuid() });

export const GET = handleQuery(
  "reports:write",
  z.strictObject({}),
  async (_, { params: { id } }) => ({ items: await listDeliveries(id) }),
  { params, output: reportDeliveriesSchema, summary: "To whom a report was sent, and what became of each e-mail" },
);

export const POST = handleCommand(
  "reports:write",
  newReportDeliverySchema,
  (wanted, { params: { id }, caller, now }) =>
    sendReport({ ...wanted, reportId: id, isMailOn: isMailOn(env()) }, caller, now),
  { params, output: z.void(), status: 204, summary: "Send a report by e-mail" },
);
