import { configDefaults, defineConfig } from "vitest/config";

const outside = [...configDefaults.exclude, "**/.next/**", "**/.data/**", "e2e/**"];
/** The ends of the world's day: no day of ours may depend on where it is read. */
const ZONES = ["Pacific/Auckland", "Pacific/Honolulu"];
const withServer = { globalSetup: "./testing/database-server.ts" };

export default defineConfig({
  test: {
    // A slip that would only be seen by an eye on the log fails the run.
    allowOnly: false,
    // Two at a time: the tests share a small machine with a database server.
    maxWorkers: 2,
    // Long enough for a busy machine; only a test that hangs reaches it.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...outside, "**/*.db.test.ts", "**/*.contract.test.ts"],
        },
      },
      ...ZONES.map((zone) => ({
        extends: true as const,
        test: {
          name: `days in ${zone}`,
          include: ["lib/domain/**/*.test.ts", "components/{charts,reports,sla,trends,ui}/**/*.test.ts"],
          exclude: outside,
          env: { TZ: zone },
        },
      })),
      { extends: true, test: { name: "database", include: ["**/*.db.test.ts"], exclude: outside, ...withServer } },
      {
        extends: true,
        test: { name: "contract", include: ["**/*.contract.test.ts"], exclude: outside, ...withServer },
      },
      {
        extends: true,
        test: { name: "component", include: ["**/*.test.tsx"], exclude: outside, environment: "happy-dom" },
      },
    ],
  },
});
