import { z } from "zod";
import { countOutlived, getReportRetention } from "#lib/db/read/report-retention.ts";
import {
  reportRetentionAnswerSchema,
  reportRetentionQuerySchema,
  reportRetentionSchema,
} from "#lib/domain/report-retention.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { changeReportRetention } from "#lib/usecases/keep-reports.ts";

export const GET = handleQuery(
  "findings:read",
  reportRetentionQuerySchema,
  async ({ keepMonths }, { now }) => {
    const holds = await getReportRetention();
    return { ...holds, outlived: await countOutlived({ ...holds, ...(keepMonths && { keepMonths }) }, now) };
  },
  { output: reportRetentionAnswerSchema, summary: "For how long reports are kept, and how many are older" },
);

export const PUT = handleCommand(
  "settings:write",
  reportRetentionSchema,
  (retention, { caller, now }) => changeReportRetention(retention, caller, now),
  { output: z.void(), status: 204, summary: "Keep reports for so many months; one that a link opens outlives it" },
);
