import { z } from "zod";
import { revokeApiToken } from "#lib/auth/api-token.ts";
import { handleCommand } from "#lib/http/handlers.ts";

export const DELETE = handleCommand(
  "tokens:write",
  z.strictObject({}),
  (_, { params, caller, now }) => revokeApiToken(params.id, caller, now),
  { params: z.object({ id: z.uuid() }), output: z.void(), status: 204, summary: "Revoke one of one's own API tokens" },
);
