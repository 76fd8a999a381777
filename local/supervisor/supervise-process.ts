import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { killGroup } from "../processes.ts";
import { logFile } from "./log-file.ts";
import { notableLine } from "./notable-line.ts";
import { restartDelayMs } from "./restart-delay.ts";
import { readLines, spawnNode } from "./spawn-node.ts";

/** A process to keep running: this Node with `args`. */
export type ProcessSpec = { name: string; args: string[]; env: NodeJS.ProcessEnv };

export type SuperviseOptions = {
  logDir: string;
  say: (line: string) => void;
  /** Called with each process's id as it starts, and again when it has ended. */
  onStart?: (pid: number) => void;
  onEnd?: (pid: number) => void;
  toDelayMs?: typeof restartDelayMs;
};

const STOP_GRACE_MS = 2_500;

/**
 * Keeps a process running until `signal` aborts, and then ends it: asked first, killed with all it started after
 * 2.5 seconds. Settles when it is gone.
 */
export async function superviseProcess(
  spec: ProcessSpec,
  options: SuperviseOptions,
  signal: AbortSignal,
): Promise<void> {
  const { say, toDelayMs = restartDelayMs } = options;
  for (let delayMs: number | null = null; !signal.aborted; ) {
    const startedAt = Date.now();
    const ending = await runOnce(spec, options, signal);
    if (signal.aborted) return;
    delayMs = toDelayMs(delayMs, Date.now() - startedAt);
    say(`${spec.name} ended (${ending}); it starts again in ${delayMs / 1000} s`);
    await waitUnlessAborted(delayMs, signal);
  }
}

function runOnce(spec: ProcessSpec, options: SuperviseOptions, signal: AbortSignal): Promise<string> {
  const child = spawnNode(spec.args, spec.env);
  relayOutput(child, spec.name, options);
  const { pid } = child;
  if (pid !== undefined) options.onStart?.(pid);
  const kill = () => pid !== undefined && killGroup(pid);
  let deadline: NodeJS.Timeout | undefined;
  const stop = () => {
    child.kill("SIGTERM");
    deadline = setTimeout(kill, STOP_GRACE_MS);
  };
  signal.addEventListener("abort", stop, { once: true });
  return new Promise((settle) => {
    const finish = (ending: string) => {
      clearTimeout(deadline);
      signal.removeEventListener("abort", stop);
      kill();
      if (pid !== undefined) options.onEnd?.(pid);
      settle(ending);
    };
    child.once("error", (error) => finish(error.message));
    child.once("exit", (code, killedBy) => finish(killedBy ?? `code ${code}`));
  });
}

function relayOutput(child: ChildProcess, name: string, { logDir, say }: SuperviseOptions): void {
  const log = logFile(join(logDir, `${name}.log`));
  readLines(child, (line, stream) => {
    log(line);
    const notable = notableLine(line, stream);
    if (notable !== undefined) say(`${name}: ${notable}`);
  });
}

async function waitUnlessAborted(delayMs: number, signal: AbortSignal): Promise<void> {
  await wait(delayMs, undefined, { signal }).catch(() => undefined);
}
