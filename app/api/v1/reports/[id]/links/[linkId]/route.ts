import { z } from "zod";
import { revokeReportLink } from "#lib/auth/report-link.ts";
import { handleCommand } from "#lib/http/handlers.ts";

export const DELETE = handleCommand(
  "reports:share",
  z.strictObject({}),
  (_, { params, caller, now }) => revokeReportLink(params, caller, now),
  {
    params: z.object({ id: z.uuid(), linkId: z.uuid() }),
    output: z.void(),
    status: 204,
    summary: "Revoke a link at once",
  },
);
