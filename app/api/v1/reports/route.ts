import { z } from "zod";
import { listReports } from "#lib/db/read/period-reports.ts";
import { newReportSchema, reportsFilterSchema, reportsSchema } from "#lib/domain/period-report.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { makeReport } from "#lib/usecases/make-report.ts";

export const GET = handleQuery("findings:read", reportsFilterSchema, (filter, { now }) => listReports(filter, now), {
  output: reportsSchema,
  summary: "Reports that are kept, the newest first",
});

export const POST = handleCommand(
  "reports:write",
  newReportSchema,
  (wanted, { caller, now }) => makeReport(wanted, caller, now),
  { output: z.object({ id: z.uuid() }), status: 201, summary: "Tell a period, and keep what was told" },
);
