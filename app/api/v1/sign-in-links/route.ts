import { invitePerson } from "#lib/auth/people.ts";
import { env } from "#lib/config/env.ts";
import { newSignInLinkSchema, signInLinkSchema } from "#lib/domain/person.ts";
import { handleCommand } from "#lib/http/handlers.ts";

export const POST = handleCommand(
  "people:write",
  newSignInLinkSchema,
  (holder, { caller, now }) => invitePerson(holder, { caller, appUrl: env().APP_URL, now }),
  { output: signInLinkSchema, status: 201, summary: "Make a one-time sign-in link" },
);
