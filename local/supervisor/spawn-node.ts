import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

const exitWithParent = new URL(`./exit-with-parent.ts?parent=${process.pid}`, import.meta.url).href;

/**
 * Starts this Node with `args` as the leader of a process group: Ctrl-C reaches the supervisor alone, and whatever the
 * process starts can be ended with it. It ends when this process does, however that ends.
 */
export function spawnNode(args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, ["--import", exitWithParent, ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: true,
  });
}

/** Calls `onLine` with each line that the process prints. */
export function readLines(child: ChildProcess, onLine: (line: string, stream: "stdout" | "stderr") => void): void {
  for (const stream of ["stdout", "stderr"] as const) {
    const input = child[stream];
    if (input) createInterface({ input }).on("line", (line) => onLine(line, stream));
  }
}
