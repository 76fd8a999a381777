import { setTimeout as wait } from "node:timers/promises";
import { startEmbedded } from "../database.ts";
import type { Cluster } from "../postgres/cluster.ts";
import { restartDelayMs } from "./restart-delay.ts";

/**
 * Keeps the embedded PostgreSQL running on its port until `signal` aborts. It leaves the last server running: it is
 * stopped after those who write to it. Settles with that server.
 */
export async function superviseDatabase(
  first: Cluster,
  dataDir: string,
  { say, signal }: { say: (line: string) => void; signal: AbortSignal },
): Promise<Cluster> {
  const aborted = new Promise<void>((settle) => signal.addEventListener("abort", () => settle(), { once: true }));
  let cluster = first;
  for (let delayMs: number | null = null; !signal.aborted; ) {
    const startedAt = Date.now();
    await Promise.race([cluster.exited, aborted]);
    if (signal.aborted) break;
    delayMs = restartDelayMs(delayMs, Date.now() - startedAt);
    say(`PostgreSQL ended; it starts again in ${delayMs / 1000} s`);
    await wait(delayMs, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) cluster = await startAgain(cluster, dataDir, say);
  }
  return cluster;
}

// A start that fails leaves a cluster that has ended, so that the next round waits longer and tries once more.
async function startAgain(ended: Cluster, dataDir: string, say: (line: string) => void): Promise<Cluster> {
  try {
    return await startEmbedded(dataDir, ended.port);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return { ...ended, exited: Promise.resolve() };
  }
}
