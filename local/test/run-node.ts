import { type ChildProcess, spawn } from "node:child_process";

const running = new Set<ChildProcess>();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    process.exitCode = 1;
    for (const child of running) child.kill(signal);
  });
}

/** Runs this Node with `args` on this terminal and returns its exit code. A signal to this process is passed on. */
export function runNode(args: string[], env: Record<string, string> = {}): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: "inherit", env: { ...process.env, ...env } });
  running.add(child);
  return new Promise((settle, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      running.delete(child);
      settle(code ?? 1);
    });
  });
}
