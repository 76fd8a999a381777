import { subscribe } from "node:diagnostics_channel";
import { ServerResponse } from "node:http";

/**
 * What every answer carries: pages, API, static files, errors. This policy lets nothing run, load or be framed;
 * proxy.ts gives a page its own, with a nonce.
 */
export const SECURITY_HEADERS = {
  "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  "referrer-policy": "same-origin", // a sign-in link is a secret in an address
  "strict-transport-security": "max-age=63072000; includeSubDomains", // browsers heed it on https only
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const;

/**
 * Sets them on every response of this process before anything else can answer. Next's own setting leaves out its
 * redirects of slashes and what fails before a route is found.
 */
export function addSecurityHeaders(): void {
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("response" in message)) return;
    const { response } = message;
    if (!(response instanceof ServerResponse)) return;
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  });
}
