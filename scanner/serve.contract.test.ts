import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { CancelScanCommand, CreateUploadUrlCommand, GetFindingsCommand } from "#lib/sources/codeguru/commands.ts";
import { testDatabase } from "#testing/database.ts";
import { scannerProcess } from "#testing/scanner-process.ts";
import { anEngineFinding, scanArchiveNow, startScan, waitForRun } from "#testing/scanner-service.ts";

const database = testDatabase();
const dataFolder = mkdtempSync(join(tmpdir(), "sightline-scanner-"));
const start = scannerProcess(database, new URL("../testing/fake-scanner-main.ts", import.meta.url), dataFolder);
const artifacts = () => readdirSync(join(dataFolder, "scanner", "artifacts"));

/** Resolves when a runner has taken the run for the nth time: its stage alone may still be of the time before. */
async function waitForAttempt(runId: string, attempt: number): Promise<void> {
  const client = new pg.Client({ connectionString: database.scannerUrl });
  await client.connect();
  const query = "SELECT attempts, stage FROM scanner.run WHERE id = $1";
  const ask = async () => (await client.query(query, [runId])).rows[0];
  await expect.poll(ask, { timeout: 20_000 }).toEqual({ attempts: attempt, stage: "analysing" });
  await client.end();
}

test("a run that was killed is scanned once more, and after a second kill it fails and says so", async () => {
  const scanName = "killed";
  const first = await start();
  await scanArchiveNow(first.client, scanName, { findings: [anEngineFinding()] });
  const runId = await startScan(first.client, scanName, { wait: true });
  await waitForAttempt(runId, 1);
  await first.end("SIGKILL");

  const second = await start();
  await waitForAttempt(runId, 2);
  await second.end("SIGKILL");

  const third = await start();
  const run = await waitForRun(third.client, { scanName, runId });
  expect(run).toMatchObject({ scanState: "Failed", xSightline: { errorCode: "interrupted" } });
  const { findings } = await third.client.send(new GetFindingsCommand({ scanName, status: "Open" }));
  expect(findings).toHaveLength(1);
  expect(await scanArchiveNow(third.client, scanName, {})).toMatchObject({ scanState: "Successful" });
  await expect.poll(artifacts, { timeout: 10_000 }).toEqual([]);
}, 60_000);

test("SIGTERM ends the process cleanly within five seconds, and the run in hand goes on after a start", async () => {
  const scanName = "stopped";
  const first = await start();
  const runId = await startScan(first.client, scanName, { wait: true });
  await waitForAttempt(runId, 1);
  expect(await first.end("SIGTERM")).toBe(0);
  const second = await start();
  await waitForAttempt(runId, 1);
  await second.client.send(new CancelScanCommand({ scanName, runId }));
}, 60_000);

test("of two processes on one store one scans a run, the other the next, and either can be killed", async () => {
  const [first, second] = [await start(), await start()];
  const one = await startScan(first.client, "shared-1", { wait: true });
  await waitForAttempt(one, 1);
  expect(await scanArchiveNow(second.client, "shared-2", {})).toMatchObject({ scanState: "Successful" });
  await first.end("SIGKILL");
  await second.end("SIGKILL");
  const third = await start();
  await waitForAttempt(one, 2);
  await third.client.send(new CancelScanCommand({ scanName: "shared-1", runId: one }));
}, 60_000);

test("300 MB are streamed to disk in flat memory, byte for byte", async () => {
  const { child, client } = await start();
  const { s3Url, requestHeaders, codeArtifactId } = await client.send(
    new CreateUploadUrlCommand({ scanName: "large" }),
  );
  const residentMb = () => Number(execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)])) / 1024;
  const hash = createHash("sha256");
  const before = residentMb();
  let mostMb = 0;
  async function* blocks() {
    const block = randomBytes(1024 * 1024);
    for (let index = 0; index < 300; index += 1) {
      block.writeUInt32LE(index);
      hash.update(block);
      if (index % 20 === 0) mostMb = Math.max(mostMb, residentMb());
      yield Buffer.from(block);
    }
  }
  // Node's fetch takes any async iterable as a body; the DOM's types do not know.
  const upload = { method: "PUT", headers: requestHeaders, body: blocks(), duplex: "half" } as unknown as RequestInit;
  const response = await fetch(s3Url, upload);
  expect(response.status).toBe(200);
  expect(response.headers.get("x-amz-checksum-sha256")).toBe(hash.digest("base64"));
  expect(artifacts()).toContain(codeArtifactId);
  expect(mostMb - before).toBeLessThan(100);
}, 60_000);
