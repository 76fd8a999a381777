import { z } from "zod";
import { handleCommand } from "#lib/http/handlers.ts";
import { noteViewVisit } from "#lib/usecases/saved-views.ts";

export const POST = handleCommand(
  "views:write",
  z.strictObject({}),
  (_, { params, caller, now }) => noteViewVisit(params.id, caller, now),
  { params: z.object({ id: z.uuid() }), output: z.void(), status: 204, summary: "Notes that one opened a view" },
);
