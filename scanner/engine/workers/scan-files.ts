import { Worker } from "node:worker_threads";
import { ArchiveRefused } from "../archive/archive-refused.ts";
import { loadRules, type Rules } from "../rules/load-rules.ts";
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

/** `queues` holds what is left to each lane, what comes next last. */
type LaneOptions = ScanFilesOptions & { tasks: FileTask[]; rules: Rules; queues: FileTask[][]; running: Set<Worker> };

/** Loading grammars and rules on a busy machine. */
const START_DEADLINE_MS = 60_000;
/** A larger young generation costs every worker memory and makes none faster. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 16, stackSizeMb: 16 };

/**
 * Analyses all files in worker threads; each thread has one file at a time, so that killing it costs one file only.
 * Throws ArchiveRefused if an entry is not what the archive says, and the signal's reason.
 */
export async function scanFiles(tasks: FileTask[], options: ScanFilesOptions): Promise<void> {
  const rules = await loadRules();
  const running = new Set<Worker>();
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  try {
    const queues = splitTasks(tasks, Math.max(1, Math.min(options.workers, tasks.length)));
    const lane = { ...options, tasks, rules, queues, running, signal };
    await Promise.all(queues.map((own) => runLane(own, lane)));
  } finally {
    stop.abort();
    await Promise.all([...running].map((worker) => worker.terminate()));
  }
}

/** Files that lie together import each other: whoever analyses one has loaded what the next one needs. */
function splitTasks(tasks: FileTask[], parts: number): FileTask[][] {
  const size = Math.ceil(tasks.length / parts);
  return Array.from({ length: parts }, (_, part) => tasks.slice(part * size, (part + 1) * size).reverse());
}

/** The next task of one's own, or else the last one of whoever has most left. */
function takeTask(own: FileTask[], queues: FileTask[][]): FileTask | undefined {
  return own.pop() ?? queues.reduce((longest, queue) => (queue.length > longest.length ? queue : longest)).shift();
}

/** Takes tasks one by one; a worker that was lost is replaced. */
async function runLane(own: FileTask[], options: LaneOptions): Promise<void> {
  const { queues, running } = options;
  let worker: Worker | null = null;
  for (let task = takeTask(own, queues); task !== undefined; task = takeTask(own, queues)) {
    options.signal.throwIfAborted();
    worker ??= await startWorker(options);
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

async function startWorker(options: LaneOptions): Promise<Worker> {
  const { archivePath, tasks, rules, running } = options;
  const input: WorkerInput = { archivePath, tasks, rules };
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
