import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./ports.ts";
import { exitWith } from "./start-error.ts";
import { buildPages, generateClient, isFresh, runBuildStep } from "./supervisor/build.ts";
import { runNode } from "./test/run-node.ts";
import { readTally, type Tally, tallyPlaywright, tallyVitest } from "./test/tally.ts";

// Every test there is, the cheap ones first; the first stage that fails is the last one run.
type Stage = { title: string; run: () => Promise<Tally> };

const folder = mkdtempSync(join(tmpdir(), "sightline-npm-test-"));
const stages: Stage[] = [
  { title: "Types", run: checkTypes },
  { title: "Unit, database, contract and component tests", run: runVitest },
  { title: "Build", run: build },
  { title: "Browser tests", run: runPlaywright },
];

try {
  const total = await runStages();
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? process.exitCode : 1;
} catch (error) {
  exitWith(error);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function runStages(): Promise<Tally> {
  const total = { passed: 0, failed: 0 };
  for (const { title, run } of stages) {
    console.log(`\n── ${title} ──`);
    const startedAt = Date.now();
    const { passed, failed } = await run();
    total.passed += passed;
    total.failed += failed;
    console.log(`${title}: ${failed === 0 ? "done" : "failed"} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
    if (failed > 0) break;
  }
  return total;
}

async function checkTypes(): Promise<Tally> {
  await prepare();
  const code = await runNode(["node_modules/typescript/bin/tsc", "--noEmit", "--incremental", "false"]);
  return { passed: 0, failed: code === 0 ? 0 : 1 };
}

// The types of the database client are generated, and so are those of Next's routes.
async function prepare(): Promise<void> {
  if (!isFresh(generateClient)) await runBuildStep(generateClient, folder, new AbortController().signal);
}

async function runVitest(): Promise<Tally> {
  const report = join(folder, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await runNode([
    "--disable-warning=ExperimentalWarning",
    "node_modules/vitest/vitest.mjs",
    "run",
    ...reporters,
  ]);
  return readTally(report, tallyVitest, code !== 0);
}

async function build(): Promise<Tally> {
  if (!isFresh(buildPages)) await runBuildStep(buildPages, folder, new AbortController().signal);
  return { passed: 0, failed: 0 };
}

async function runPlaywright(): Promise<Tally> {
  const report = join(folder, "playwright.json");
  const code = await runNode(["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    E2E_DATA_DIR: join(folder, "data"),
    E2E_PORT: String(await freePort()),
    E2E_SCANNER_PORT: String(await freePort()),
    E2E_SAMPLE_PORT: String(await freePort()),
    E2E_BOOTSTRAP_TOKEN: randomBytes(32).toString("base64url"),
  });
  return readTally(report, tallyPlaywright, code !== 0);
}
