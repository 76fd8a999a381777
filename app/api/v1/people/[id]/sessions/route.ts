import { z } from "zod";
import { endSessions } from "#lib/auth/people.ts";
import { handleCommand } from "#lib/http/handlers.ts";

export const DELETE = handleCommand(
  "people:write",
  z.strictObject({}),
  (_, { params, caller, now }) => endSessions(params.id, { caller, now }),
  { params: z.object({ id: z.uuid() }), output: z.void(), status: 204, summary: "End every session of a person" },
);
