import { z } from "zod";
import { getReport } from "#lib/db/read/period-reports.ts";
import { reportDetailSchema } from "#lib/domain/period-report.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { removeReport } from "#lib/usecases/make-report.ts";

const params = z.object({ id: z.uuid() });

export const GET = handleQuery(
  "findings:read",
  z.strictObject({}),
  (_, { params: { id }, now }) => getReport(id, now),
  { params, output: reportDetailSchema, summary: "One report with everything that it says" },
);

export const DELETE = handleCommand(
  "reports:write",
  z.strictObject({}),
  (_, { params: { id }, caller, now }) => removeReport(id, caller, now),
  { params, output: z.void(), status: 204, summary: "Delete a report with its links" },
);
