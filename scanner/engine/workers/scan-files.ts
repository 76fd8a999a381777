import { Worker } from "node:worker_threads";
import { ArchiveRefused } from "../archive/archive-refused.ts";
import type { FileResult, FileTask } from "./scan-file.ts";
import type { WorkerAnswer, WorkerInput } from "./scan-worker.ts";

type ScanFilesOptions = {
  archivePath: string;
  workers: number;
  /** After this a file's worker is killed and the file counts as skipped. */
  fileDeadlineMs: number;
  signal: AbortSignal;
  onDone: (result: FileResult) => void;
};

type LaneOptions = ScanFilesOptions & { tasks: FileTask[] };

/** Loading grammars and rules on a busy machine. */
const START_DEADLINE_MS = 60_000;
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64, stackSizeMb: 16 };

/**
 * Analyses all files in worker threads; each thread has one file at a time, so that killing it costs one file only.
 * Throws ArchiveRefused if an entry is not what the archive says, and the signal's reason.
 */
export async function scanFiles(tasks: FileTask[], options: ScanFilesOptions): Promise<void> {
  const queue = [...tasks].reverse();
  const running = new Set<Worker>();
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  try {
    const lanes = Math.max(1, Math.min(options.workers, tasks.length));
    await Promise.all(Array.from({ length: lanes }, () => runLane(queue, running, { ...options, tasks, signal })));
  } finally {
    stop.abort();
    await Promise.all([...running].map((worker) => worker.terminate()));
  }
}

/** Takes tasks one by one; a worker that was lost is replaced. */
async function runLane(queue: FileTask[], running: Set<Worker>, options: LaneOptions): Promise<void> {
  let worker: Worker | null = null;
  for (let task = queue.pop(); task !== undefined; task = queue.pop()) {
    options.signal.throwIfAborted();
    worker ??= await startWorker(running, options);
    const answer = await ask(worker, task, options);
    if (answer.kind === "refused") throw new ArchiveRefused(answer.code, answer.message);
    if (answer.kind === "done") {
      options.onDone(answer.result);
      continue;
    }
    options.onDone(lost(task, answer));
    if (answer.kind === "failed") continue;
    running.delete(worker);
    await worker.terminate();
    worker = null;
  }
}

type Answer = Exclude<WorkerAnswer, { kind: "ready" }> | { kind: "timeout" } | { kind: "crashed"; message: string };

async function startWorker(running: Set<Worker>, options: LaneOptions): Promise<Worker> {
  const input: WorkerInput = { archivePath: options.archivePath, tasks: options.tasks };
  const worker = new Worker(new URL("./scan-worker.ts", import.meta.url), {
    workerData: input,
    resourceLimits: RESOURCE_LIMITS,
    env: {},
    argv: [],
    stdin: false,
  });
  running.add(worker);
  const first = await nextAnswer(worker, START_DEADLINE_MS, options.signal);
  if (first.kind === "ready") return worker;
  throw new Error(`A scan worker did not start: ${"message" in first ? first.message : first.kind}`);
}

async function ask(worker: Worker, task: FileTask, options: ScanFilesOptions): Promise<Answer> {
  const answer = nextAnswer(worker, options.fileDeadlineMs, options.signal);
  worker.postMessage(task);
  const given = await answer;
  return given.kind === "ready" ? { kind: "crashed", message: "The worker lost its place." } : given;
}

/** The worker's next message, or what happened instead. Rejects with the signal's reason. */
function nextAnswer(worker: Worker, deadlineMs: number, signal: AbortSignal): Promise<Answer | { kind: "ready" }> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      signal.removeEventListener("abort", onAbort);
      act();
    };
    const onMessage = (answer: WorkerAnswer) => settle(() => resolve(answer));
    const onError = (error: unknown) => settle(() => resolve({ kind: "crashed", message: String(error) }));
    const onExit = () => settle(() => resolve({ kind: "crashed", message: "The worker ended." }));
    const onAbort = () => settle(() => reject(signal.reason));
    const timer = setTimeout(() => settle(() => resolve({ kind: "timeout" })), deadlineMs);
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) onAbort();
  });
}

function lost(task: FileTask, answer: Exclude<Answer, { kind: "done" | "refused" }>): FileResult {
  const { path } = task;
  const skipped =
    answer.kind === "timeout"
      ? { path, reason: "parse-timeout" as const, detail: "Its analysis did not end in time and was stopped." }
      : {
          path,
          reason: "analysis-cut-short" as const,
          detail: `Its analysis broke off: ${answer.message.slice(0, 200)}`,
        };
  return { path, findings: [], skipped, linesScanned: 0 };
}
