import { AppError } from "#lib/domain/errors.ts";

/**
 * Refuses a change that another site's page may have sent with our cookie. Browsers put Origin on every change and
 * Sec-Fetch-Site on every request; where neither is, it was no browser, and a cookie has no business there.
 */
export function requireSameOrigin(headers: Headers, appUrl: string): void {
  if (!isSameOrigin(headers, appUrl)) {
    throw new AppError("forbidden", "A change with a session's cookie must come from Sightline's own pages");
  }
}

function isSameOrigin(headers: Headers, appUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  if (origin === null) return site === "same-origin";
  if (!URL.canParse(origin)) return false;
  return new URL(origin).origin === new URL(appUrl).origin || new URL(origin).host === headers.get("host");
}
