import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchResult } from "./bench-result.ts";
import { type Instance, startInstance, waitForReplay } from "./instance.ts";
import { benchListPage } from "./list-page.ts";
import { memoryOf } from "./memory.ts";

const REPLAY_GOAL_S = 60;
const RESTART_GOAL_S = 3;
const MEMORY_GOAL_MIB = 900;

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
        ...(await idleMemory(first)),
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
  const stopSeconds = await again.stop();
  return [
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

async function idleMemory(instance: Instance): Promise<BenchResult[]> {
  const parts = await memoryOf(instance.pid);
  const sum = parts.reduce((total, part) => total + part.mebibytes, 0);
  return [
    ...parts.map(({ name, mebibytes }) => toResult(`Idle memory of ${name}`, mebibytes, "MiB", "", null)),
    toResult("Idle memory in sum", sum, "MiB", `≤ ${MEMORY_GOAL_MIB} MiB`, sum <= MEMORY_GOAL_MIB),
  ];
}

function toResult(name: string, figure: number, unit: string, goal: string, isMet: boolean | null): BenchResult {
  return { name, figure, unit, reference: "", ratio: null, goal, isMet };
}
