import { z } from "zod";
import { handleCommand } from "#lib/http/handlers.ts";
import { tryHandOverAgain } from "#lib/usecases/hand-over.ts";

export const POST = handleCommand(
  "findings:comment",
  z.strictObject({}),
  (_, { params: { id }, caller, now }) => tryHandOverAgain(id, caller, now),
  {
    params: z.object({ id: z.uuid() }),
    output: z.void(),
    status: 204,
    summary: "Try a hand-over again at once that did not arrive",
  },
);
