import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { killGroup } from "../processes.ts";
import { StartError } from "../start-error.ts";
import { logFile } from "./log-file.ts";

/** A step whose outcome lies in the checkout, made again when what went into it has changed. */
export type BuildStep = { name: string; title: string; args: string[]; inputs: string[]; stamp: string };

const exitWithParent = "./local/supervisor/exit-with-parent.ts";
const LAST_LINES = 30;

export const generateClient: BuildStep = {
  name: "generate",
  title: "Generating the database client",
  args: ["node_modules/prisma/build/index.js", "generate"],
  inputs: ["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"],
  stamp: "lib/db/generated/.inputs",
};

export const buildPages: BuildStep = {
  name: "build",
  title: "Building the pages",
  args: ["node_modules/next/dist/bin/next", "build"],
  inputs: [
    "{app,components,lib,public}/**/*",
    "prisma/schema.prisma",
    "{proxy,instrumentation}.ts",
    "{next,postcss}.config.*",
    "{package,package-lock,tsconfig}.json",
  ],
  stamp: ".next/inputs",
};

/** Whether the step's outcome is that of its inputs as they are now. */
export function isFresh(step: BuildStep): boolean {
  return existsSync(step.stamp) && readFileSync(step.stamp, "utf8") === hashInputs(step.inputs);
}

/**
 * Runs a step and notes its inputs. Its output goes to DATA_DIR/logs; when it fails, StartError carries the last lines.
 * Aborting ends it with all it started.
 */
export async function runBuildStep(step: BuildStep, logDir: string, signal: AbortSignal): Promise<void> {
  const hash = hashInputs(step.inputs);
  const { code, output } = await run(step, logDir, signal);
  signal.throwIfAborted();
  if (code !== 0) {
    const tail = output.trimEnd().split("\n").slice(-LAST_LINES).join("\n");
    throw new StartError(`${step.name} failed (all of it: ${join(logDir, `${step.name}.log`)}):\n${tail}`);
  }
  mkdirSync(dirname(step.stamp), { recursive: true });
  writeFileSync(step.stamp, hash);
}

function run(step: BuildStep, logDir: string, signal: AbortSignal): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ["--import", exitWithParent, ...step.args], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: true,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1" },
  });
  const kill = () => child.pid !== undefined && killGroup(child.pid);
  signal.addEventListener("abort", kill, { once: true });
  const log = logFile(join(logDir, `${step.name}.log`));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      log(chunk.trimEnd());
    });
  }
  return new Promise((settle, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      signal.removeEventListener("abort", kill);
      settle({ code, output });
    });
  });
}

function hashInputs(patterns: string[]): string {
  const hash = createHash("sha256");
  const files = globSync(patterns, { exclude: ["lib/db/generated/**", "**/*.test.{ts,tsx}"] }).sort();
  for (const file of files) {
    if (statSync(file).isFile()) hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}
