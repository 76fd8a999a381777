import type { Logger } from "pino";
import type { ScanProgress } from "../engine/engine-finding.ts";
import type { Database } from "../store/database.ts";
import { type ClaimedRun, saveProgress } from "../store/run-queue.ts";

/** Time between two writes of a run's progress, so that a fast engine does not busy the database. */
const INTERVAL_MS = 250;

/** Writes the latest progress of a run now and then; what it could not write is only logged. */
export function progressSaver(database: Database, run: ClaimedRun, logger: Logger) {
  let latest: ScanProgress | null = null;
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  const write = () => {
    timer = null;
    const progress = latest;
    latest = null;
    if (!progress) return;
    timer = setTimeout(write, INTERVAL_MS);
    writing = saveProgress(database, run, progress).catch((error: unknown) => {
      logger.warn({ err: error, runId: run.id }, "progress was not saved");
    });
  };
  return {
    report: (progress: ScanProgress) => {
      latest = progress;
      if (timer === null) write();
    },
    /** Resolves when nothing is being written any more, and nothing more will be. */
    settled: async () => {
      if (timer) clearTimeout(timer);
      timer = null;
      latest = null;
      await writing;
    },
  };
}
