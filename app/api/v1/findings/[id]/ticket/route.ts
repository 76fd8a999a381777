import { z } from "zod";
import { env } from "#lib/config/env.ts";
import { ticketChangeSchema, ticketSchema } from "#lib/domain/hand-over.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { openTicket } from "#lib/usecases/hand-over.ts";
import { setTicket } from "#lib/usecases/set-ticket.ts";

const params = z.object({ id: z.uuid() });

export const GET = handleQuery(
  "findings:read",
  z.strictObject({}),
  (_, { params: { id } }) => openTicket(id, env().APP_URL),
  {
    params,
    output: ticketSchema,
    summary: "The ticket of a finding's issue, its summary in Markdown, and what was handed over",
  },
);

export const PUT = handleCommand(
  "findings:comment",
  ticketChangeSchema,
  ({ url }, { params: { id }, caller, now }) => setTicket(id, url, caller, now),
  { params, output: z.void(), status: 204, summary: "Say where a finding's issue is worked on; null takes it away" },
);
