import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CancelScanCommand, CreateScanCommand, GetScanCommand } from "#lib/sources/codeguru/commands.ts";
import { testDatabase } from "#testing/database.ts";
import {
  anEngineFinding,
  scanArchiveNow,
  scannerService,
  startScan,
  uploadArchive,
  waitForRun,
} from "#testing/scanner-service.ts";

const service = scannerService(testDatabase(), { runsAtOnce: 2 });

test("as many runs at once as the configuration says, and revisions of one scan one after the other", async () => {
  const runs: { scanName: string; runId: string }[] = [];
  for (const scanName of ["one", "one", "two", "three"])
    runs.push({ scanName, runId: await startScan(service.client(), scanName, { wait: true }) });
  const stages = async () => {
    const answers = await Promise.all(runs.map((run) => service.client().send(new GetScanCommand(run))));
    return answers.map(({ xSightline }) => xSightline?.stage);
  };
  await expect.poll(stages, { timeout: 10_000 }).toEqual(["analysing", "queued", "analysing", "queued"]);
  for (const run of runs) await service.client().send(new CancelScanCommand(run));
  await expect.poll(stages, { timeout: 10_000 }).toEqual(["finished", "finished", "finished", "finished"]);
});

test("a run whose archive is lost says so", async () => {
  const scanName = "lost";
  const codeArtifactId = await uploadArchive(service.client(), scanName, {});
  rmSync(join(service.dataFolder, "artifacts", codeArtifactId));
  await service.client().send(new CreateScanCommand({ scanName, resourceId: { codeArtifactId } }));
  const run = await waitForRun(service.client(), { scanName });
  expect(run).toMatchObject({ scanState: "Failed", xSightline: { errorCode: "archive-gone" } });
});

test("a result that cannot be stored fails the run at once, and the next one is scanned", async () => {
  const findings = [anEngineFinding({ startLine: 2 ** 40 })];
  const run = await scanArchiveNow(service.client(), "unstorable", { findings });
  expect(run).toMatchObject({ scanState: "Failed", xSightline: { errorCode: "internal-error" } });
  expect(await scanArchiveNow(service.client(), "unstorable", {})).toMatchObject({ scanState: "Successful" });
});
