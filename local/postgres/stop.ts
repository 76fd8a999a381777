import { setTimeout as wait } from "node:timers/promises";
import { isErrno } from "../errno.ts";
import { isRunning } from "../processes.ts";

const POLL_MS = 50;
const FAST_SHUTDOWN_MS = 2_000;

/**
 * PostgreSQL's fast shutdown: clients are cut off, everything committed is on disk. What does not end within
 * two seconds is ended at once and recovers at its next start. Resolves when the server is gone.
 */
export async function stopServer(pid: number): Promise<void> {
  if (!signal(pid, "SIGINT")) return;
  const deadline = Date.now() + FAST_SHUTDOWN_MS;
  while (isRunning(pid) && Date.now() < deadline) await wait(POLL_MS);
  if (isRunning(pid)) signal(pid, "SIGQUIT"); // immediate shutdown, backends included
  while (isRunning(pid)) await wait(POLL_MS);
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    if (isErrno(error, "ESRCH")) return false;
    throw error;
  }
}
