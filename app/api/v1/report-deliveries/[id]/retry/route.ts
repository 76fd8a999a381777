import { z } from "zod";
import { handleCommand } from "#lib/http/handlers.ts";
import { sendReportAgain } from "#lib/usecases/send-report.ts";

export const POST = handleCommand(
  "reports:write",
  z.strictObject({}),
  (_, { params: { id }, caller, now }) => sendReportAgain(id, caller, now),
  {
    params: z.object({ id: z.uuid() }),
    output: z.void(),
    status: 204,
    summary: "Try an e-mail again at once that was not sent",
  },
);
