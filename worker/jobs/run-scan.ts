import { join } from "node:path";
import { env } from "#lib/config/env.ts";
import type { ScanTry } from "#lib/jobs/run-scan.ts";
import { codeScanner } from "#lib/sources/codeguru/code-scanner.ts";
import { CodeGuruSecurityClient } from "#lib/sources/codeguru/codeguru-client.ts";
import { localStorage } from "#lib/storage/local-storage.ts";
import { runScan } from "#lib/usecases/run-scan.ts";

const POLL_MS = 700;
const DEFAULT_REGION = "us-east-1";

/** Takes one scan run from its uploaded archive to its findings, by the scanner that the environment names. */
export async function handleRunScan(wanted: ScanTry, signal: AbortSignal): Promise<void> {
  const settings = env();
  const region = settings.AWS_REGION ?? DEFAULT_REGION;
  const client = new CodeGuruSecurityClient({
    region,
    endpoint: settings.AWS_ENDPOINT_URL_CODEGURU_SECURITY,
    ...scannerCredentials(),
  });
  try {
    const storage = localStorage(join(settings.DATA_DIR, "archives"));
    await runScan(wanted, {
      scanner: codeScanner(client),
      storage,
      region,
      clock: () => new Date(),
      pollMs: POLL_MS,
      signal,
    });
  } finally {
    client.destroy();
  }
}

/** The embedded scanner's key; without it the SDK's default chain, for an endpoint that takes AWS credentials. */
function scannerCredentials() {
  const { SIGHTLINE_SCANNER_ACCESS_KEY_ID: accessKeyId, SIGHTLINE_SCANNER_SECRET_ACCESS_KEY: secretAccessKey } = env();
  return accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey } } : {};
}
