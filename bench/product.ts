import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BenchResult } from "./bench-result.ts";
import { getSample, type Instance, startInstance, waitForReplay } from "./instance.ts";
import { benchListPage } from "./list-page.ts";
import { memoryOf, type PartMemory } from "./memory.ts";

const REPLAY_GOAL_S = 60;
const RESTART_GOAL_S = 3;
const MEMORY_GOAL_MIB = 900;
const SETTLE_MS = 20_000;

/** Starts the whole product on empty data, waits for the sample's year, measures it, stops and starts it again. */
export async function benchProduct(): Promise<BenchResult[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "sightline-bench-"));
  try {
    const first = await startInstance(dataDir);
    let results: BenchResult[];
    try {
      const replaySeconds = await waitForReplay(first);
      results = [
        toResult("First start to first page, build in place", first.readySeconds, "s", "", null),
        toResult(
          "Replay of the sample's year, 20,000 findings",
          replaySeconds,
          "s",
          `≤ ${REPLAY_GOAL_S} s`,
          replaySeconds <= REPLAY_GOAL_S,
        ),
        ...(await benchListPage(first)),
        await memoryAfterWork(first),
      ];
    } finally {
      await first.stop();
    }
    return [...results, ...(await restart(dataDir))];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function restart(dataDir: string): Promise<BenchResult[]> {
  const again = await startInstance(dataDir);
  const memory = await idleMemory(again);
  const stopSeconds = await again.stop();
  return [
    ...memory,
    toResult(
      "Restart to first page",
      again.readySeconds,
      "s",
      `< ${RESTART_GOAL_S} s`,
      again.readySeconds < RESTART_GOAL_S,
    ),
    toResult("Stop", stopSeconds, "s", "≤ 5 s", stopSeconds <= 5),
  ];
}

/** Once every process has come up and been asked for something, and then been left alone. */
async function idleMemory(instance: Instance): Promise<BenchResult[]> {
  await getSample(instance);
  await sleep(SETTLE_MS);
  const parts = await memoryOf(instance.pid);
  const sum = sumOf(parts);
  return [
    ...parts.map(({ name, mebibytes }) => toResult(`Idle memory of ${name}`, mebibytes, "MiB", "", null)),
    toResult("Idle memory in sum", sum, "MiB", `≤ ${MEMORY_GOAL_MIB} MiB`, sum <= MEMORY_GOAL_MIB),
  ];
}

/** What the processes hold right after a year of syncs and thousands of requests: the heaps have grown. */
async function memoryAfterWork(instance: Instance): Promise<BenchResult> {
  return toResult(
    "Memory in sum right after the replay and the load",
    sumOf(await memoryOf(instance.pid)),
    "MiB",
    "",
    null,
  );
}

function sumOf(parts: PartMemory[]): number {
  return parts.reduce((total, part) => total + part.mebibytes, 0);
}

function toResult(name: string, figure: number, unit: string, goal: string, isMet: boolean | null): BenchResult {
  return { name, figure, unit, reference: "", ratio: null, goal, isMet };
}
