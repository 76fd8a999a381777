import { SESSION_MAX_MS } from "./session.ts";

const HOST_COOKIE = "__Host-sightline";
// Safari refuses Secure cookies on plain http, on loopback too. It gets this one there, and nobody anywhere else.
const LOOPBACK_COOKIE = "sightline";
const LOOPBACK_NAMES = new Set(["127.0.0.1", "localhost", "[::1]"]);
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export type CookieContext = { host: string | null; appUrl: string };

/** The session's token from a Cookie header, or null when there is none in the form we give out. */
export function readSessionToken(cookieHeader: string | null, context: CookieContext): string | null {
  const names = isPlainLoopback(context) ? [HOST_COOKIE, LOOPBACK_COOKIE] : [HOST_COOKIE];
  const pairs = (cookieHeader ?? "").split(";").map((pair) => pair.trim());
  for (const name of names) {
    const token = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
    if (token && TOKEN.test(token)) return token;
  }
  return null;
}

/** Set-Cookie values that carry the session's token. */
export function sessionCookies(token: string, context: CookieContext): string[] {
  const rest = `HttpOnly; SameSite=Lax; Path=/; Max-Age=${SESSION_MAX_MS / 1000}`;
  return cookies(token, rest, context);
}

/** Set-Cookie values that take the session's token away. */
export function clearedSessionCookies(context: CookieContext): string[] {
  return cookies("", "HttpOnly; SameSite=Lax; Path=/; Max-Age=0", context);
}

function cookies(value: string, rest: string, context: CookieContext): string[] {
  const secure = `${HOST_COOKIE}=${value}; Secure; ${rest}`;
  return isPlainLoopback(context) ? [secure, `${LOOPBACK_COOKIE}=${value}; ${rest}`] : [secure];
}

/** The Host header is the client's word, which is enough: it only decides about the client's own cookie. */
function isPlainLoopback({ host, appUrl }: CookieContext): boolean {
  const name = (host ?? "").toLowerCase().replace(/:\d+$/, "");
  return appUrl.startsWith("http:") && LOOPBACK_NAMES.has(name);
}
