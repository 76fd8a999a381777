import { existsSync } from "node:fs";
import pg from "pg";
import type { Logger } from "pino";
import type { ScanProgress, ScanResult } from "../engine/engine-finding.ts";
import { type ArtifactFiles, artifactPath, removeArtifact } from "../store/artifact-files.ts";
import type { Database } from "../store/database.ts";
import { type ClaimedRun, failRun, finishRun, isSpent, type RunFailure } from "../store/run-queue.ts";
import { progressSaver } from "./progress-saver.ts";

/** The engine, as the runner knows it. Throws an AbortError, or an error with `code` when the archive is refused. */
type Scan = (
  archivePath: string,
  options: { signal: AbortSignal; onProgress: (progress: ScanProgress) => void },
) => Promise<ScanResult>;

/** What a run is scanned with. */
export type RunMeans = {
  database: Database;
  files: ArtifactFiles;
  scan: Scan;
  /** What the engine says of an archive that it will not scan, or null when it failed in another way. */
  toRefusal: (error: unknown) => RunFailure | null;
  now: () => Date;
  logger: Logger;
};
type Outcome = { result: ScanResult } | { failure: RunFailure };

const SPENT: RunFailure = {
  code: "interrupted",
  message: "The scan was interrupted twice before it was done. Upload the code again to retry.",
};
const GONE: RunFailure = { code: "archive-gone", message: "The archive is not there any more. Upload it again." };
const INTERNAL: RunFailure = {
  code: "internal-error",
  message: "The scan failed inside the scanner. Its log has the cause.",
};

/** Scans one run and writes how it ended; nothing is written when the signal ended it. */
export async function scanRun(run: ClaimedRun, options: RunMeans, signal: AbortSignal): Promise<void> {
  const log = options.logger.child({ scanName: run.scanName, runId: run.id });
  try {
    const outcome = isSpent(run) ? { failure: SPENT } : await examine(run, options, signal);
    const isOurs = await saveOutcome(run, outcome, options);
    // Another runner may have taken the run over, and needs the archive.
    if (isOurs) await removeArtifact(options.files, run.uploadId);
    log.info({ failure: "failure" in outcome ? outcome.failure : null }, "the run ended");
  } catch (error) {
    if (!signal.aborted) throw error;
    log.info({ reason: String(signal.reason) }, "the run was stopped");
  }
}

/** Whether the outcome was written. A result that the store will never take ends the run as failed. */
async function saveOutcome(run: ClaimedRun, outcome: Outcome, { database, now, logger }: RunMeans): Promise<boolean> {
  if ("failure" in outcome) return failRun(database, run, outcome.failure, now());
  try {
    return await finishRun(database, run, outcome.result, now());
  } catch (error) {
    if (!isUnstorable(error)) throw error;
    logger.error({ err: error, runId: run.id }, "the result could not be stored");
    return failRun(database, run, INTERNAL, now());
  }
}

/** Data that PostgreSQL refuses (its error classes 22 and 23), as opposed to a database that is away. */
function isUnstorable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? "");
}

async function examine(
  run: ClaimedRun,
  { database, files, scan, toRefusal, logger }: RunMeans,
  signal: AbortSignal,
): Promise<Outcome> {
  const progress = progressSaver(database, run, logger);
  try {
    const archive = artifactPath(files, run.uploadId);
    if (!existsSync(archive)) return { failure: GONE };
    const result = await scan(archive, { signal, onProgress: progress.report });
    signal.throwIfAborted();
    return { result };
  } catch (error) {
    if (signal.aborted) throw error;
    const refusal = toRefusal(error);
    if (!refusal) logger.error({ err: error, runId: run.id }, "the engine failed");
    return { failure: refusal ?? INTERNAL };
  } finally {
    await progress.settled();
  }
}
