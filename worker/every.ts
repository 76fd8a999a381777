import { setTimeout as sleep } from "node:timers/promises";
import type { Task } from "./register-job.ts";

/**
 * Calls `act` at once and then each `intervalMs`, until it says `done` or the worker stops. What it throws (a database
 * that is away) is logged and tried again the next time.
 */
export function every(
  intervalMs: number,
  { signal, logger }: Task,
  name: string,
  act: () => Promise<"again" | "done">,
): void {
  const run = async () => {
    while (!signal.aborted) {
      const next = await act().catch((error: unknown) => {
        if (!signal.aborted) logger.warn({ err: error, task: name }, "failed; it is tried again");
        return "again" as const;
      });
      if (next === "done") return;
      await sleep(intervalMs, undefined, { signal, ref: false }).catch(() => {});
    }
  };
  void run();
}
