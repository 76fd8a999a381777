import pg from "pg";
import { expect, test } from "vitest";
import {
  CancelScanCommand,
  CreateScanCommand,
  GetFindingsCommand,
  GetScanCommand,
  ListScansCommand,
} from "#lib/sources/codeguru/commands.ts";
import type { Finding } from "#lib/sources/codeguru/shapes.ts";
import { testDatabase } from "#testing/database.ts";
import {
  anEngineFinding,
  scanArchiveNow,
  scannerService,
  startScan,
  uploadArchive,
  waitForRun,
} from "#testing/scanner-service.ts";

let clock = Date.now();
const database = testDatabase();
const service = scannerService(database, { now: () => new Date(clock) });

async function findingsOf(scanName: string, status: "Open" | "Closed" | "All" = "All"): Promise<Finding[]> {
  const { findings } = await service.client().send(new GetFindingsCommand({ scanName, status }));
  return findings ?? [];
}

test("an upload becomes a scan, and its findings come with all that the engine knows", async () => {
  const skippedFiles = [{ path: "b.min.js", reason: "minified" as const, detail: null }];
  const run = await scanArchiveNow(service.client(), "whole", { findings: [anEngineFinding()], skippedFiles });
  expect(run).toMatchObject({
    scanName: "whole",
    scanState: "Successful",
    analysisType: "Security",
    numberOfRevisions: 0,
    scanNameArn: "arn:aws:codeguru-security:us-east-1:000000000000:scans/whole",
    xSightline: { stage: "finished", done: 2, total: 2, skippedFileCount: 1 },
  });
  expect(run.xSightline?.skippedFiles).toEqual([{ path: "b.min.js", reason: "minified" }]);
  const [finding] = await findingsOf("whole");
  expect(finding).toMatchObject({
    title: "CWE-89 - SQL injection",
    severity: "High",
    status: "Open",
    detectorId: "python/sql-injection@v1.0",
    resource: { id: "whole" },
    vulnerability: {
      relatedVulnerabilities: ["CWE-89"],
      filePath: { name: "app.py", path: "app.py", startLine: 10, endLine: 11 },
    },
    remediation: { recommendation: { text: "Bind parameters." } },
    xSightline: { firstRunId: run.runId },
  });
  expect(finding?.vulnerability?.filePath?.codeSnippet).toEqual([{ number: 10, content: "db.execute(q)" }]);
  expect(finding?.xSightline?.steps?.map(({ label }) => label)).toEqual(["source", "sink"]);
  const { summaries } = await service.client().send(new ListScansCommand({}));
  expect(summaries).toContainEqual(expect.objectContaining({ scanName: "whole", runId: run.runId }));
});

test("a finding closes with the revision that lost it, and reopens under its old id", async () => {
  const scanName = "life";
  const query = anEngineFinding();
  const command = anEngineFinding({ detectorId: "python/os-command-injection@v1.0", fingerprint: "f2" });
  await scanArchiveNow(service.client(), scanName, { findings: [query, command] });
  const [first] = await findingsOf(scanName);

  clock += 60_000;
  const second = await scanArchiveNow(service.client(), scanName, { findings: [command] });
  expect(second.numberOfRevisions).toBe(1);
  const [closed] = await findingsOf(scanName, "Closed");
  expect(closed).toMatchObject({ id: first?.id, status: "Closed", xSightline: { closedRunId: second.runId } });
  expect(closed?.updatedAt).toEqual(new Date(clock));
  expect(closed?.createdAt).toEqual(first?.createdAt);
  const [stayed] = await findingsOf(scanName, "Open");
  expect(stayed?.updatedAt).toEqual(stayed?.createdAt);

  clock += 60_000;
  await scanArchiveNow(service.client(), scanName, { findings: [query, command] });
  const reopened = (await findingsOf(scanName, "Open")).find(({ id }) => id === first?.id);
  expect(reopened).toMatchObject({ status: "Open", createdAt: first?.createdAt, updatedAt: new Date(clock) });
  expect(reopened?.xSightline?.closedRunId).toBeUndefined();
  expect(await findingsOf(scanName)).toHaveLength(2);
});

test("a finding whose line moves keeps its id, and says when it moved", async () => {
  await scanArchiveNow(service.client(), "moves", { findings: [anEngineFinding()] });
  const [before] = await findingsOf("moves");
  clock += 60_000;
  await scanArchiveNow(service.client(), "moves", { findings: [anEngineFinding({ startLine: 42, endLine: 43 })] });
  const after = await findingsOf("moves");
  expect(after).toMatchObject([{ id: before?.id, updatedAt: new Date(clock), status: "Open" }]);
  expect(after[0]?.vulnerability?.filePath?.startLine).toBe(42);
});

test("a refused archive fails its run with the engine's words, and closes nothing", async () => {
  await scanArchiveNow(service.client(), "refused", { findings: [anEngineFinding()] });
  const message = "The archive is encrypted.";
  const run = await scanArchiveNow(service.client(), "refused", { refuse: { code: "encrypted", message } });
  expect(run).toMatchObject({ scanState: "Failed", errorMessage: message, xSightline: { errorCode: "encrypted" } });
  expect(await findingsOf("refused", "Open")).toHaveLength(1);
});

test("an engine that breaks fails the run without telling its inside, and closes nothing", async () => {
  await scanArchiveNow(service.client(), "broken", { findings: [anEngineFinding()] });
  const run = await scanArchiveNow(service.client(), "broken", { crash: "secret detail" });
  expect(run).toMatchObject({ scanState: "Failed", xSightline: { errorCode: "internal-error" } });
  expect(run.errorMessage).not.toContain("secret");
  expect(await findingsOf("broken", "Open")).toHaveLength(1);
});

test("a cancelled run fails at once, and the next one is scanned", async () => {
  const scanName = "cancelled";
  const runId = await startScan(service.client(), scanName, { wait: true });
  await waitForRun(service.client(), { scanName, runId }, (run) => run.xSightline?.stage === "analysing");
  const answer = await service.client().send(new CancelScanCommand({ scanName, runId }));
  expect(answer).toMatchObject({ runId, scanState: "Failed" });
  expect(await scanArchiveNow(service.client(), scanName, {})).toMatchObject({ scanState: "Successful" });
  const cancelled = await service.client().send(new GetScanCommand({ scanName, runId }));
  expect(cancelled).toMatchObject({ scanState: "Failed", xSightline: { errorCode: "cancelled" } });
});

test("a run that waits behind another says so, and can be cancelled before it starts", async () => {
  const first = await startScan(service.client(), "queue-1", { wait: true });
  const second = await startScan(service.client(), "queue-2", {});
  await waitForRun(service.client(), { scanName: "queue-1" }, (run) => run.xSightline?.stage === "analysing");
  const waiting = await service.client().send(new GetScanCommand({ scanName: "queue-2" }));
  expect(waiting).toMatchObject({ scanState: "InProgress", xSightline: { stage: "queued", done: 0 } });
  await service.client().send(new CancelScanCommand({ scanName: "queue-2", runId: second }));
  await service.client().send(new CancelScanCommand({ scanName: "queue-1", runId: first }));
  expect((await waitForRun(service.client(), { scanName: "queue-2" })).xSightline?.errorCode).toBe("cancelled");
});

test("the same client token makes one run, and is refused for another request", async () => {
  const codeArtifactId = await uploadArchive(service.client(), "token", {});
  const input = { scanName: "token", resourceId: { codeArtifactId }, clientToken: "once" };
  const answers = await Promise.all(
    [1, 2, 3].map(() => service.client().send(new CreateScanCommand({ ...input, tags: { b: "2", a: "1" } }))),
  );
  expect(new Set(answers.map(({ runId }) => runId)).size).toBe(1);
  const other = service.client().send(new CreateScanCommand(input));
  await expect(other).rejects.toMatchObject({
    name: "ConflictException",
    resourceType: "ScanRun",
    resourceId: answers[0]?.runId,
  });
});

test("text that PostgreSQL cannot hold is stored all the same", async () => {
  const snippet = [{ number: 1, content: "a\0b \ud800 c" }];
  const run = await scanArchiveNow(service.client(), "odd", {
    findings: [anEngineFinding({ path: "a\0.py", snippet })],
  });
  expect(run.scanState).toBe("Successful");
  const [finding] = await findingsOf("odd");
  expect(finding?.vulnerability?.filePath).toMatchObject({ path: "a\ufffd.py" });
});

test("an Express scan is not listed and has no time of update", async () => {
  const codeArtifactId = await uploadArchive(service.client(), "express", {});
  const input = { scanName: "express", resourceId: { codeArtifactId }, scanType: "Express" as const };
  await service.client().send(new CreateScanCommand(input));
  expect((await waitForRun(service.client(), { scanName: "express" })).updatedAt).toBeUndefined();
  const { summaries } = await service.client().send(new ListScansCommand({}));
  expect(summaries?.map(({ scanName }) => scanName)).not.toContain("express");
});

test("a run that is in hand at a clean stop is scanned again after the start", async () => {
  const runId = await startScan(service.client(), "stopped", { wait: true });
  for (const _ of [1, 2, 3]) {
    const analysing = ({ xSightline }: { xSightline?: { stage?: string } }) => xSightline?.stage === "analysing";
    await waitForRun(service.client(), { scanName: "stopped", runId }, analysing);
    await service.restart();
  }
  const run = await service.client().send(new GetScanCommand({ scanName: "stopped" }));
  expect(run).toMatchObject({ runId, scanState: "InProgress" });
  await service.client().send(new CancelScanCommand({ scanName: "stopped", runId }));
});

test("a database that drops every connection is found again, and the run in hand goes on", async () => {
  const scanName = "dropped";
  const runId = await startScan(service.client(), scanName, { wait: true });
  await waitForRun(service.client(), { scanName, runId }, (run) => run.xSightline?.stage === "analysing");
  await dropConnections();
  const attempts = async () =>
    (await askDatabase("SELECT attempts FROM scanner.run WHERE id = $1", [runId]))[0]?.attempts;
  await expect.poll(attempts, { timeout: 20_000 }).toBe(2);
  await service.client().send(new CancelScanCommand({ scanName, runId }));
  expect(await scanArchiveNow(service.client(), scanName, {})).toMatchObject({ scanState: "Successful" });
});

async function askDatabase(sql: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: database.scannerUrl });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** As a restart of the server would; a role may end its own sessions. */
function dropConnections() {
  return askDatabase(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()`,
  );
}
