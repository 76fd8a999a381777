import { z } from "zod";
import { signOut } from "#lib/auth/people.ts";
import { clearedSessionCookies, readSessionToken, sessionCookies } from "#lib/auth/session-cookie.ts";
import { signIn } from "#lib/auth/sign-in-link.ts";
import { env } from "#lib/config/env.ts";
import { currentSessionSchema, signInSchema } from "#lib/domain/person.ts";
import { handleCommand, handlePublicCommand, handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery(
  "session:own",
  z.strictObject({}),
  (_, { caller }) => ({ ...caller, permissions: [...caller.permissions] }),
  { output: currentSessionSchema, summary: "Who is signed in, and what they may do" },
);

export const POST = handlePublicCommand(
  signInSchema,
  async ({ token, userName }, { request, now }) => {
    const context = cookieContext(request);
    const replaced = readSessionToken(request.headers.get("cookie"), context);
    const userAgent = request.headers.get("user-agent");
    const session = await signIn({ token, userName, userAgent, replaced, now });
    return withCookies(sessionCookies(session, context));
  },
  { status: 204, summary: "Sign in with a one-time link's token" },
);

export const DELETE = handleCommand(
  "session:own",
  z.strictObject({}),
  async (_, { caller, request, now }) => {
    const context = cookieContext(request);
    const token = readSessionToken(request.headers.get("cookie"), context);
    if (token) await signOut(token, { caller, now });
    return withCookies(clearedSessionCookies(context));
  },
  { status: 204, summary: "Sign out" },
);

function cookieContext(request: Request): { host: string | null; appUrl: string } {
  return { host: request.headers.get("host"), appUrl: env().APP_URL };
}

function withCookies(cookies: string[]): Response {
  return new Response(null, { status: 204, headers: cookies.map((cookie) => ["set-cookie", cookie]) });
}
