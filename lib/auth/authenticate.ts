import { env } from "#lib/config/env.ts";
import { AppError } from "#lib/domain/errors.ts";
import { findTokenCaller } from "./api-token.ts";
import { attemptLimit } from "./attempt-limit.ts";
import { findBootstrapCaller } from "./bootstrap-token.ts";
import type { Caller } from "./caller.ts";
import { findSessionCaller } from "./session.ts";
import { readSessionToken } from "./session-cookie.ts";

const BEARER = /^Bearer ([A-Za-z0-9._~+/=-]{1,512})$/i;
const badTokens = attemptLimit({ max: 60, windowMs: 60_000 });

/**
 * Who sends these headers: a bearer token's holder, else a session's.
 * Throws `unauthenticated`; a bad Authorization header is never made good by a cookie.
 */
export async function authenticate(headers: Headers, now: Date): Promise<Caller> {
  const authorization = headers.get("authorization");
  const caller = authorization === null ? await sessionCaller(headers, now) : await bearerCaller(authorization, now);
  if (caller) return caller;
  if (authorization === null)
    throw new AppError("unauthenticated", "Sign in, or send an API token as Authorization: Bearer");
  if (badTokens.isReached(now))
    throw new AppError("too-many-requests", "Too many bad tokens. Wait a minute, then try again");
  badTokens.fail(now);
  throw new AppError("unauthenticated", "This token is unknown, revoked or expired. Make a new one in Settings");
}

async function bearerCaller(authorization: string, now: Date): Promise<Caller | null> {
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) return null;
  return (await findBootstrapCaller(token)) ?? (await findTokenCaller(token, now));
}

async function sessionCaller(headers: Headers, now: Date): Promise<Caller | null> {
  const token = readSessionToken(headers.get("cookie"), { host: headers.get("host"), appUrl: env().APP_URL });
  return token === null ? null : await findSessionCaller(token, now);
}
