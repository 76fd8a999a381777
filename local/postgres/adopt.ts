import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isErrno } from "../errno.ts";
import { isListening } from "../ports.ts";
import { isRunning, processesIn } from "../processes.ts";

const POLL_MS = 100;
const PATIENCE_MS = 10_000;

/**
 * The server that already runs on `dataDir` (its supervisor was killed), once it answers; otherwise undefined,
 * and then nothing is left that would keep a new server from starting.
 */
export async function adoptRunningServer(dataDir: string): Promise<{ pid: number; port: number } | undefined> {
  const lock = readPostmasterLock(dataDir);
  if (!lock) return undefined;
  const isServing = () => processesIn(dataDir)?.includes(lock.pid) ?? isRunning(lock.pid);
  for (const deadline = Date.now() + PATIENCE_MS; isServing() && Date.now() < deadline; await wait(POLL_MS)) {
    if (await isListening(lock.port)) return lock;
  }
  await removeStaleLock(dataDir);
  return undefined;
}

// The server is dead, or its number went to another process. Its last backends may still hold shared memory.
async function removeStaleLock(dataDir: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while ((processesIn(dataDir)?.length ?? 0) > 0 && Date.now() < deadline) await wait(POLL_MS);
  if (processesIn(dataDir)?.length === 0) rmSync(join(dataDir, "postmaster.pid"), { force: true });
}

// Line 1 is the server's process id, line 4 its port.
function readPostmasterLock(dataDir: string): { pid: number; port: number } | undefined {
  try {
    const lines = readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]) };
  } catch (error) {
    if (isErrno(error, "ENOENT")) return undefined;
    throw error;
  }
}
