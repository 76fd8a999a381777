import { z } from "zod";
import { createApiToken, listApiTokens } from "#lib/auth/api-token.ts";
import { apiTokensSchema, createdApiTokenSchema, newApiTokenSchema } from "#lib/domain/api-token.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery(
  "tokens:write",
  z.strictObject({}),
  async (_, { caller }) => ({ items: await listApiTokens(caller.personId) }),
  { output: apiTokensSchema, summary: "One's own API tokens, without their secrets" },
);

export const POST = handleCommand(
  "tokens:write",
  newApiTokenSchema,
  (wanted, { caller, now }) => createApiToken(wanted, caller, now),
  { output: createdApiTokenSchema, status: 201, summary: "Make an API token; its text is shown this once" },
);
