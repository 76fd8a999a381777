import { z } from "zod";
import { handleCommand } from "#lib/http/handlers.ts";
import { testReceiver } from "#lib/usecases/hand-over.ts";

export const POST = handleCommand(
  "settings:write",
  z.strictObject({}),
  async (_, { caller, now }) => ({ id: await testReceiver(caller, now) }),
  { output: z.object({ id: z.uuid() }), status: 202, summary: "Send the receiver of hand-overs an example" },
);
