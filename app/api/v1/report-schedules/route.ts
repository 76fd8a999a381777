import { z } from "zod";
import { env } from "#lib/config/env.ts";
import { listSchedules } from "#lib/db/read/report-mail.ts";
import { isMailOn } from "#lib/domain/is-mail-on.ts";
import { newReportScheduleSchema, reportSchedulesSchema } from "#lib/domain/report-mail.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { createSchedule } from "#lib/usecases/report-schedules.ts";

export const GET = handleQuery(
  "reports:write",
  z.strictObject({}),
  async () => ({ isMailOn: isMailOn(env()), items: await listSchedules() }),
  { output: reportSchedulesSchema, summary: "Which reports are made and sent by themselves, the next one first" },
);

export const POST = handleCommand(
  "reports:write",
  newReportScheduleSchema,
  (schedule, { caller, now }) => createSchedule({ ...schedule, isMailOn: isMailOn(env()) }, caller, now),
  {
    output: z.object({ id: z.uuid() }),
    status: 201,
    summary: "Have the period that ended last told and sent each time",
  },
);
