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
    "pdfkit",
    "pg",
    "pg-boss",
    "pg-copy-streams",
    "pino",
    "prom-client",
  ],
};
