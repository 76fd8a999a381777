import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pino } from "pino";
import { afterAll, beforeAll } from "vitest";
import type { CodeGuruSecurityClientConfig } from "#lib/sources/codeguru/client-config.ts";
import { CodeGuruSecurityClient } from "#lib/sources/codeguru/codeguru-client.ts";
import { CreateScanCommand, CreateUploadUrlCommand, GetScanCommand } from "#lib/sources/codeguru/commands.ts";
import type { GetScanResponse } from "#lib/sources/codeguru/shapes.ts";
import type { EngineFinding } from "../scanner/engine/engine-finding.ts";
import { type Scanner, type ScannerOptions, startScanner } from "../scanner/start-scanner.ts";
import { type FakeArchive, fakeEngine } from "./fake-engine.ts";

export const SCANNER_KEY = { accessKeyId: "SIGHTLINETEST", secretAccessKey: "a-secret-key-for-tests" };

/** A problem that the engine found, in `app.py` at line 10 unless said otherwise. */
export function anEngineFinding(part: Partial<EngineFinding> = {}): EngineFinding {
  return {
    detectorId: "python/sql-injection@v1.0",
    detectorName: "SQL injection",
    detectorTags: ["injection", "Python"],
    ruleId: "python-sql-injection",
    title: "CWE-89 - SQL injection",
    description: "Input reaches a query.",
    severity: "High",
    cwes: ["CWE-89"],
    path: "app.py",
    startLine: 10,
    endLine: 11,
    fingerprint: "f1",
    snippet: [{ number: 10, content: "db.execute(q)" }],
    steps: [
      { path: "app.py", line: 8, label: "source", content: "q = request.args['q']" },
      { path: "app.py", line: 10, label: "sink", content: "db.execute(q)" },
    ],
    recommendation: { text: "Bind parameters.", url: "https://cwe.mitre.org/data/definitions/89.html" },
    suggestedFixes: [{ description: "Bind it", code: "@@ -10 +10 @@" }],
    ...part,
  };
}

type Options = Pick<ScannerOptions, "now" | "uploadIdleMs"> &
  Partial<Pick<ScannerOptions["config"], "limits" | "runsAtOnce">>;

/** Starts the real service with a fake engine for the calling test file; its address and clients exist once tests run. */
export function scannerService(database: { scannerUrl: string }, options: Options = {}) {
  const dataFolder = mkdtempSync(join(tmpdir(), "sightline-scanner-"));
  const clients: CodeGuruSecurityClient[] = [];
  let scanner: Scanner | undefined;
  const start = async () => {
    scanner = await startScanner({
      config: {
        host: "127.0.0.1",
        port: 0,
        publicUrl: null,
        databaseUrl: database.scannerUrl,
        dataFolder,
        credentials: SCANNER_KEY,
        region: "us-east-1",
        runsAtOnce: options.runsAtOnce ?? 1,
        limits: options.limits ?? { createPerSecond: 0, otherPerSecond: 0 },
      },
      ...fakeEngine,
      logger: pino({ level: "silent" }),
      ...(options.now && { now: options.now }),
      ...(options.uploadIdleMs && { uploadIdleMs: options.uploadIdleMs }),
    });
  };
  const running = () => {
    if (!scanner) throw new Error("The scanner runs only while tests do");
    return scanner;
  };
  beforeAll(start, 30_000);
  afterAll(async () => {
    for (const client of clients) client.destroy();
    await running().stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }, 30_000);
  return {
    dataFolder,
    get url() {
      return running().url;
    },
    restart: async () => {
      await running().stop();
      await start();
    },
    client(config: CodeGuruSecurityClientConfig = {}) {
      const client = new CodeGuruSecurityClient({
        endpoint: running().url,
        region: "us-east-1",
        credentials: SCANNER_KEY,
        maxAttempts: 1,
        ...config,
      });
      clients.push(client);
      return client;
    },
  };
}

/** Uploads an archive under a scan name; the id to create a scan with. */
export async function uploadArchive(client: CodeGuruSecurityClient, scanName: string, archive: FakeArchive) {
  const { s3Url, requestHeaders, codeArtifactId } = await client.send(new CreateUploadUrlCommand({ scanName }));
  const response = await fetch(s3Url, { method: "PUT", headers: requestHeaders, body: JSON.stringify(archive) });
  if (!response.ok) throw new Error(`The upload was refused: ${response.status} ${await response.text()}`);
  return codeArtifactId;
}

/** Uploads an archive and creates its scan; the id of the run. */
export async function startScan(client: CodeGuruSecurityClient, scanName: string, archive: FakeArchive) {
  const codeArtifactId = await uploadArchive(client, scanName, archive);
  const { runId } = await client.send(new CreateScanCommand({ scanName, resourceId: { codeArtifactId } }));
  return runId;
}

/** Asks for a run until it is as the condition wants it. */
export async function waitForRun(
  client: CodeGuruSecurityClient,
  run: { scanName: string; runId?: string },
  isAsWanted: (run: GetScanResponse) => boolean = ({ scanState }) => scanState !== "InProgress",
): Promise<GetScanResponse> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const answer = await client.send(new GetScanCommand(run));
    if (isAsWanted(answer)) return answer;
    await delay(20);
  }
  throw new Error(`Run ${run.runId ?? "(latest)"} of ${run.scanName} did not come about in 30 s`);
}

/** Uploads, scans and waits; how the run ended. */
export async function scanArchiveNow(client: CodeGuruSecurityClient, scanName: string, archive: FakeArchive) {
  return waitForRun(client, { scanName, runId: await startScan(client, scanName, archive) });
}
