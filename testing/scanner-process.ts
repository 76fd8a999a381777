import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach } from "vitest";
import { CodeGuruSecurityClient } from "#lib/sources/codeguru/codeguru-client.ts";
import { SCANNER_KEY } from "./scanner-service.ts";

type Child = ChildProcessByStdio<null, Readable, null>;

/** One running scanner, and a client of it. `end` sends a signal and gives the exit code, or the signal. */
export type ScannerProcess = {
  child: Child;
  client: CodeGuruSecurityClient;
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | string>;
};

/**
 * Starts scanners as processes of their own, all on one store and one folder of the calling test file. Each is ready
 * when it is returned, and killed after the test.
 */
export function scannerProcess(
  database: { scannerUrl: string },
  entryPoint: URL,
  dataFolder = mkdtempSync(join(tmpdir(), "sightline-scanner-")),
): () => Promise<ScannerProcess> {
  const running = new Set<ScannerProcess>();
  afterEach(async () => {
    for (const scanner of running) await scanner.end("SIGKILL");
  });
  afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));
  return async () => {
    const child: Child = spawn(process.execPath, [fileURLToPath(entryPoint)], {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        NODE_ENV: "test",
        SCANNER_PORT: "0",
        SCANNER_DATABASE_URL: database.scannerUrl,
        DATA_DIR: dataFolder,
        SIGHTLINE_SCANNER_ACCESS_KEY_ID: SCANNER_KEY.accessKeyId,
        SIGHTLINE_SCANNER_SECRET_ACCESS_KEY: SCANNER_KEY.secretAccessKey,
        SCANNER_CREATE_PER_SECOND: "0",
        SCANNER_OTHER_PER_SECOND: "0",
      },
    });
    const endpoint = await readUrl(child);
    const client = new CodeGuruSecurityClient({ endpoint, region: "us-east-1", credentials: SCANNER_KEY });
    const end: ScannerProcess["end"] = async (signal) => {
      running.delete(scanner);
      client.destroy();
      const exit = once(child, "exit");
      child.kill(signal);
      const [code, killedBy] = await exit;
      return code ?? killedBy;
    };
    const scanner = { child, client, end };
    running.add(scanner);
    return scanner;
  };
}

/** The address in the first log line that has one. */
async function readUrl(child: Child): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) {
    const { url }: { url?: string } = JSON.parse(line);
    if (!url) continue;
    child.stdout.resume();
    return url;
  }
  throw new Error("The scanner ended before it was ready");
}
