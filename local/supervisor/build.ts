import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { killGroup } from "../processes.ts";
import { StartError } from "../start-error.ts";
import { logFile } from "./log-file.ts";
import { readLines, spawnNode } from "./spawn-node.ts";

/** A step whose outcome (a file) lies in the checkout, made again when what went into it has changed. */
export type BuildStep = {
  name: string;
  title: string;
  args: string[];
  inputs: string[];
  outcome: string;
  stamp: string;
};

const LAST_LINES = 30;
const NO_INPUT = /^lib\/db\/generated\/|\.test\.tsx?$/;

export const generateClient: BuildStep = {
  name: "generate",
  title: "Generating the database client",
  args: ["node_modules/prisma/build/index.js", "generate"],
  inputs: ["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"],
  outcome: "lib/db/generated/client.ts",
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
    "{package,package-lock}.json",
  ],
  outcome: ".next/BUILD_ID",
  stamp: ".next/inputs",
};

/** Whether the step's outcome is that of its inputs as they are now. */
export function isFresh(step: BuildStep): boolean {
  return (
    existsSync(step.outcome) && existsSync(step.stamp) && readFileSync(step.stamp, "utf8") === hashInputs(step.inputs)
  );
}

/**
 * Runs a step and notes its inputs. Its output goes to DATA_DIR/logs; when it fails, StartError carries the last lines.
 * Aborting ends it with all it started.
 */
export async function runBuildStep(step: BuildStep, logDir: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const hash = hashInputs(step.inputs);
  const { code, lines } = await run(step, logDir, signal);
  signal.throwIfAborted();
  if (code !== 0 || !existsSync(step.outcome)) {
    const tail = lines.slice(-LAST_LINES).join("\n");
    throw new StartError(`${step.name} failed (all of it: ${join(logDir, `${step.name}.log`)}):\n${tail}`);
  }
  mkdirSync(dirname(step.stamp), { recursive: true });
  writeFileSync(step.stamp, hash);
}

function run(step: BuildStep, logDir: string, signal: AbortSignal): Promise<{ code: number | null; lines: string[] }> {
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    NEXT_TELEMETRY_DISABLED: "1",
    CHECKPOINT_DISABLE: "1",
  };
  const child = spawnNode(step.args, env);
  const kill = () => child.pid !== undefined && killGroup(child.pid);
  signal.addEventListener("abort", kill, { once: true });
  const log = logFile(join(logDir, `${step.name}.log`));
  const lines: string[] = [];
  readLines(child, (line) => {
    log(line);
    lines.push(line);
  });
  return new Promise((settle, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      signal.removeEventListener("abort", kill);
      settle({ code, lines });
    });
  });
}

function hashInputs(patterns: string[]): string {
  const hash = createHash("sha256");
  const files = globSync(patterns).filter((file) => !NO_INPUT.test(file));
  for (const file of files.sort()) {
    if (statSync(file).isFile()) hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}
