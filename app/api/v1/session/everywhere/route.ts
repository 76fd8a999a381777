import { z } from "zod";
import { endSessions } from "#lib/auth/people.ts";
import { clearedSessionCookies } from "#lib/auth/session-cookie.ts";
import { env } from "#lib/config/env.ts";
import { handleCommand } from "#lib/http/handlers.ts";

export const DELETE = handleCommand(
  "session:own",
  z.strictObject({}),
  async (_, { caller, request, now }) => {
    await endSessions(caller.personId, { caller, now });
    const context = { host: request.headers.get("host"), appUrl: env().APP_URL };
    const headers = clearedSessionCookies(context).map((cookie): [string, string] => ["set-cookie", cookie]);
    return new Response(null, { status: 204, headers });
  },
  { status: 204, summary: "Sign out everywhere" },
);
