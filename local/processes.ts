import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Whether a process with this id runs; a zombie does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  return !isZombie(pid);
}

/** Ids of the running processes whose working directory is `directory`; null where the system cannot tell. */
export function processesIn(directory: string): number[] | null {
  if (process.platform !== "linux") return null;
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => workingDirectory(pid) === directory && !isZombie(pid));
}

function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined; // gone meanwhile, or not ours to look at
  }
}

function isZombie(pid: number): boolean {
  return /\) Z /.test(readStat(pid) ?? "");
}

function readStat(pid: number): string | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
}
