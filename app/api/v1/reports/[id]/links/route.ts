import { z } from "zod";
import { createReportLink } from "#lib/auth/report-link.ts";
import { env } from "#lib/config/env.ts";
import { listReportLinks } from "#lib/db/read/period-reports.ts";
import { madeReportLinkSchema, newReportLinkSchema, reportLinksSchema } from "#lib/domain/period-report.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";

const params = z.object({ id: z.uuid() });

export const GET = handleQuery(
  "reports:share",
  z.strictObject({}),
  async (_, { params: { id } }) => ({ items: await listReportLinks(id) }),
  { params, output: reportLinksSchema, summary: "The links that open a report without signing in, the newest first" },
);

export const POST = handleCommand(
  "reports:share",
  newReportLinkSchema,
  (wanted, { params: { id }, caller, now }) =>
    createReportLink({ reportId: id, ...wanted, appUrl: env().APP_URL }, caller, now),
  {
    params,
    output: madeReportLinkSchema,
    status: 201,
    summary: "Make a link that opens a report without signing in; its address is told this once",
  },
);
