// What every answer carries: pages, API, static files, errors. Its policy lets nothing run, load or be framed;
// proxy.ts gives a page its own policy, with a nonce.
const SECURITY_HEADERS = {
  "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  "referrer-policy": "same-origin", // a sign-in link is a secret in an address
  "strict-transport-security": "max-age=63072000; includeSubDomains", // browsers heed it on https only
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // The optimizer fetches addresses that a request names; our pages have no pictures that need it.
  images: { unoptimized: true },
  // `npm run check` does it, with the compiler that Next does not know yet.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@prisma/adapter-pg",
    "@prisma/client",
    "pg",
    "pg-boss",
    "pg-copy-streams",
    "pino",
    "prom-client",
  ],
  headers: async () => [
    { source: "/:path*", headers: Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value })) },
  ],
};
