import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Sample, sampleSchema } from "#lib/domain/sample.ts";

export const BENCH_TOKEN = "bench-token-that-is-long-enough-for-anyone";

/** A whole Sightline of its own, started as `npm start` does. */
export type Instance = {
  pid: number;
  url: string;
  dataDir: string;
  readySeconds: number; // from the start to the line with the address
  startedAt: number;
  /** Returns how many seconds it took. */
  stop(): Promise<number>;
};

const START_TIMEOUT_MS = 600_000; // pages may have to be built first, beside other work
const REPLAY_TIMEOUT_MS = 300_000;

/** Starts it on `dataDir`, on free ports, with or without the sample. Throws when it is not up within ten minutes. */
export async function startInstance(dataDir: string, sample: "on" | "off" = "on"): Promise<Instance> {
  const startedAt = Date.now();
  const child = spawn(process.execPath, ["local/start.ts"], {
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      SIGHTLINE_BOOTSTRAP_TOKEN: BENCH_TOKEN,
      SIGHTLINE_SAMPLE: sample,
      PORT: "",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const url = await poll(START_TIMEOUT_MS, async () => {
    if (child.exitCode !== null) throw new Error(`Sightline ended while starting:\n${output}`);
    return /Sightline runs at (\S+)/.exec(output)?.[1] ?? null;
  }).catch((error: unknown) => {
    child.kill("SIGTERM"); // or it would run on alone
    throw error;
  });
  return {
    pid: child.pid ?? 0,
    url,
    dataDir,
    readySeconds: (Date.now() - startedAt) / 1000,
    startedAt,
    stop: async () => {
      const stoppingAt = Date.now();
      child.kill("SIGTERM");
      await exited;
      return (Date.now() - stoppingAt) / 1000;
    },
  };
}

/** Waits until the sample's year has been replayed. Returns its seconds, as the worker noted them. */
export async function waitForReplay(instance: Instance): Promise<number> {
  await poll(REPLAY_TIMEOUT_MS, async () => ((await getSample(instance)).state === "ready" ? true : null));
  const durationMs = await poll(REPLAY_TIMEOUT_MS, async () => {
    const log = readFileSync(join(instance.dataDir, "logs", "worker.log"), "utf8");
    return /"job":"replay-sample".*"durationMs":(\d+)/.exec(log)?.[1] ?? null;
  });
  return Number(durationMs) / 1000;
}

export async function getSample({ url }: Instance): Promise<Sample> {
  const response = await fetch(`${url}/api/v1/sample`, { headers: { authorization: `Bearer ${BENCH_TOKEN}` } });
  return sampleSchema.parse(await response.json());
}

async function poll<T>(timeoutMs: number, look: () => Promise<T | null>): Promise<T> {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    const found = await look();
    if (found !== null) return found;
    await sleep(100);
  }
  throw new Error(`Nothing came within ${timeoutMs / 1000} s`);
}

/** The application's connection string, as the supervisor made it for this data. */
export function databaseUrlOf({ dataDir, pid }: Instance): string {
  const environments = [pid, ...childrenOf(pid)].map((id) => readFileSync(`/proc/${id}/environ`, "utf8").split("\0"));
  const found = environments.flat().find((line) => line.startsWith("DATABASE_URL=postgres"));
  if (!found) throw new Error(`No process on ${dataDir} has a DATABASE_URL`);
  return found.slice("DATABASE_URL=".length);
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
}
