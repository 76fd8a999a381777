import { open } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { ArchiveRefused, type RefusalCode } from "../archive/archive-refused.ts";
import { compileAll } from "../rules/compiled-rules.ts";
import type { Rules } from "../rules/load-rules.ts";
import { type FileResult, type FileTask, scanContext, scanFile } from "./scan-file.ts";

/** What a worker is started with. Reading the rules takes longer than compiling them, so that is done once for all. */
export type WorkerInput = { archivePath: string; tasks: FileTask[]; rules: Rules };

/** What a worker answers to a task. Errors do not keep their class between threads. */
export type WorkerAnswer =
  | { kind: "ready" }
  | { kind: "done"; result: FileResult }
  | { kind: "refused"; code: RefusalCode; message: string }
  | { kind: "failed"; message: string };

const port = parentPort;
if (port === null) throw new Error("This file only runs as a worker.");
const send = (answer: WorkerAnswer) => port.postMessage(answer);

// Written by scan-files.ts alone.
const input = workerData as WorkerInput;
const context = scanContext(await open(input.archivePath), input.tasks, compileAll(input.rules));

async function answer(task: FileTask): Promise<void> {
  try {
    send({ kind: "done", result: await scanFile(context, task) });
  } catch (error) {
    if (error instanceof ArchiveRefused) send({ kind: "refused", code: error.code, message: error.message });
    else send({ kind: "failed", message: String(error) });
  }
}

port.on("message", (task: FileTask) => void answer(task));
send({ kind: "ready" });
