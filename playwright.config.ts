import { defineConfig } from "@playwright/test";
import { findChromium } from "#testing/chromium.ts";

// `npm test` chooses free ports, a fresh folder and a secret; by hand these do.
const {
  E2E_PORT: port = "4390",
  E2E_SCANNER_PORT: scannerPort = "4391",
  E2E_SAMPLE_PORT: samplePort = "4392",
  E2E_DATA_DIR: dataDir = ".data/e2e",
  E2E_BOOTSTRAP_TOKEN: bootstrapToken = "only-for-browser-tests-on-this-machine",
} = process.env;
// Read by the fixtures, in Playwright's workers.
process.env.E2E_BOOTSTRAP_TOKEN = bootstrapToken;

const url = `http://127.0.0.1:${port}`;
const { executablePath, env } = await findChromium();

// What these upload stands in the list, or leaves it: they run when nobody counts it any more.
const SCANNING = /(ci|exceptions|hostile-text|imports|scans|secrets|triage|upload)\.spec\.ts$/;

export default defineConfig({
  testDir: "e2e",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  projects: [
    { name: "sample", testMatch: "sample.setup.ts" },
    { name: "looks", testIgnore: SCANNING, dependencies: ["sample"] },
    { name: "scans", testMatch: SCANNING, dependencies: ["looks"] },
  ],
  use: {
    baseURL: url,
    trace: "retain-on-failure",
    launchOptions: {
      executablePath,
      env: { ...process.env, ...env },
    },
  },
  webServer: {
    command: `${process.execPath} local/start.ts`,
    url: `${url}/readyz`,
    timeout: 180_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
    stdout: "ignore",
    env: {
      // Whatever the shell or a file .env says, the tests run on their own data alone.
      ...nothingFor("HOST", "DATABASE_URL", "SCANNER_DATABASE_URL", "APP_URL", "SIGHTLINE_SAMPLE"),
      ...nothingFor("AWS_ENDPOINT_URL_CODEGURU_SECURITY", "AWS_ENDPOINT_URL_INSPECTOR2", "AWS_PROFILE"),
      ...nothingFor("SIGHTLINE_SCANNER_ACCESS_KEY_ID", "SIGHTLINE_SCANNER_SECRET_ACCESS_KEY"),
      PORT: port,
      SCANNER_PORT: scannerPort,
      SAMPLE_PORT: samplePort,
      DATA_DIR: dataDir,
      SIGHTLINE_SAMPLE_FINDINGS: "1500",
      SIGHTLINE_BOOTSTRAP_TOKEN: bootstrapToken,
    },
  },
});

function nothingFor(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, ""]));
}
