import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exitWith } from "./start-error.ts";
import { generateClient, isFresh, runBuildStep } from "./supervisor/build.ts";
import { runNode } from "./test/run-node.ts";

// What a reader should not have to look for: form, types, floors, what nothing uses. All are told at once.
const FOLDERS = [
  "app",
  "bench",
  "components",
  "e2e",
  "infra",
  "lib",
  "local",
  "sample",
  "scanner",
  "testing",
  "worker",
];
const CHECKS = [
  ["Form and lint", "@biomejs/biome/bin/biome", "check"],
  ["Types", "typescript/bin/tsc", "--noEmit", "--incremental", "false"],
  [
    "Floors",
    "dependency-cruiser/bin/dependency-cruiser.mjs",
    "--config",
    "dependency-cruiser.config.js",
    ...existing(),
  ],
  ["Unused code", "knip/bin/knip.js"],
] as const;

try {
  await generate();
  const failed: string[] = [];
  for (const [title, program, ...args] of CHECKS) {
    console.log(`\n── ${title} ──`);
    if ((await runNode([join("node_modules", program), ...args])) !== 0) failed.push(title);
  }
  console.log(failed.length === 0 ? "\nAll checks passed." : `\nFailed: ${failed.join(", ")}.`);
  process.exitCode = failed.length === 0 ? process.exitCode : 1;
} catch (error) {
  exitWith(error);
}

function existing(): string[] {
  return FOLDERS.filter((folder) => existsSync(folder));
}

// Types and floors look into the generated database client.
async function generate(): Promise<void> {
  if (isFresh(generateClient)) return;
  const logs = mkdtempSync(join(tmpdir(), "sightline-check-"));
  try {
    await runBuildStep(generateClient, logs, new AbortController().signal);
  } finally {
    rmSync(logs, { recursive: true });
  }
}
