import { z } from "zod";
import { env } from "#lib/config/env.ts";
import { newHandOverSchema } from "#lib/domain/hand-over.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { handOver } from "#lib/usecases/hand-over.ts";

export const POST = handleCommand(
  "findings:comment",
  newHandOverSchema,
  async ({ note }, { params: { id: findingId }, caller, now }) => ({
    id: await handOver({ findingId, note, appUrl: env().APP_URL }, caller, now),
  }),
  {
    params: z.object({ id: z.uuid() }),
    output: z.object({ id: z.uuid() }),
    status: 202,
    summary: "Hand a finding's issue over to the receiver of tickets, as a signed webhook",
  },
);
