import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage, ServerResponse } from "node:http";

/**
 * What every answer carries: pages, API, static files, errors. This policy lets nothing run, load or be framed;
 * proxy.ts gives a page its own, with a nonce.
 */
const SECURITY_HEADERS = {
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
 * Meets every request of this process before anything else can answer it, and gives its response these headers. Next's
 * own setting for headers leaves out its redirects of slashes and what fails before a route is found.
 */
export function guardEveryRequest(): void {
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("request" in message && "response" in message)) return;
    const { request, response } = message;
    if (!(request instanceof IncomingMessage && response instanceof ServerResponse)) return;
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    // Next breaks on TRACE, with a stack in the log. As OPTIONS it is refused by pages and harmless elsewhere.
    if (request.method === "TRACE") request.method = "OPTIONS";
  });
}
