import { z } from "zod";
import { reportScheduleChangeSchema } from "#lib/domain/report-mail.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { changeSchedule, removeSchedule } from "#lib/usecases/report-schedules.ts";

const params = z.object({ id: z.uuid() });

export const PATCH = handleCommand(
  "reports:write",
  reportScheduleChangeSchema,
  (change, { params: { id }, caller, now }) => changeSchedule({ id, ...change }, caller, now),
  { params, output: z.void(), status: 204, summary: "Change a schedule, stop it for a while, or have it go on" },
);

export const DELETE = handleCommand(
  "reports:write",
  z.strictObject({}),
  (_, { params: { id }, caller, now }) => removeSchedule(id, caller, now),
  { params, output: z.void(), status: 204, summary: "Delete a schedule; its reports stay" },
);
