import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";
import type { ScanProgress, ScanResult } from "../engine/engine-finding.ts";
import { type ArtifactFiles, artifactPath, removeArtifact } from "../store/artifact-files.ts";
import type { Database } from "../store/database.ts";
import {
  type ClaimedRun,
  claimRun,
  failRun,
  finishRun,
  freeRun,
  isSpent,
  RUNNER_CHANNEL,
  type RunFailure,
  releaseRun,
} from "../store/run-queue.ts";
import { progressSaver } from "./progress-saver.ts";

/** The engine, as the runner knows it. Throws an AbortError, or an error with `code` when the archive is refused. */
export type Scan = (
  archivePath: string,
  options: { signal: AbortSignal; onProgress: (progress: ScanProgress) => void },
) => Promise<ScanResult>;

type RunnerOptions = {
  databaseUrl: string;
  database: Database;
  files: ArtifactFiles;
  scan: Scan;
  /** What the engine says of an archive that it will not scan, or null when it failed in another way. */
  toRefusal: (error: unknown) => RunFailure | null;
  now: () => Date;
  logger: Logger;
};
/** A session of PostgreSQL: its locks hold a run, its notifications tell of new and of cancelled ones. */
type Session = { client: pg.Client; lost: AbortSignal };

/** How long until a run that another process has let go of is noticed; new ones are told. */
const LOOK_AGAIN_MS = 5000;
const RECONNECT_MS = 1000;

const SPENT: RunFailure = {
  code: "interrupted",
  message: "The scan was interrupted twice before it was done. Upload the code again to retry.",
};
const GONE: RunFailure = { code: "archive-gone", message: "The archive is not there any more. Upload it again." };
const INTERNAL: RunFailure = {
  code: "internal-error",
  message: "The scan failed inside the scanner. Its log has the cause.",
};

/**
 * Scans queued runs one after the other until `stop` aborts, and returns when the run in hand is given back. Survives
 * a lost database; a run that was in hand then is taken again.
 */
export async function runScans(options: RunnerOptions, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    try {
      await scanInSession(options, stop);
    } catch (error) {
      if (stop.aborted) return;
      options.logger.warn({ err: error }, "the runner lost the database");
      await delay(RECONNECT_MS, undefined, { signal: stop }).catch(() => {});
    }
  }
}

async function scanInSession(options: RunnerOptions, stop: AbortSignal): Promise<void> {
  const client = new pg.Client({ connectionString: options.databaseUrl, keepAlive: true });
  const lost = new AbortController();
  client.on("error", (error) => lost.abort(error));
  client.on("end", () => lost.abort(new Error("The connection ended")));
  await client.connect();
  try {
    await client.query(`LISTEN ${RUNNER_CHANNEL}`);
    while (!stop.aborted) {
      lost.signal.throwIfAborted();
      const woken = nextNotification(client, AbortSignal.any([stop, lost.signal]));
      const run = await claimRun(client, options.now());
      if (run) await holdAndScan(run, { client, lost: lost.signal }, options, stop);
      else await woken;
    }
  } finally {
    await client.end().catch(() => {});
  }
}

/** Resolves at the next notification, after a while, or at the signal; listens from the moment it is called. */
function nextNotification(client: pg.Client, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      client.off("notification", wake);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const timer = setTimeout(wake, LOOK_AGAIN_MS);
    client.on("notification", wake);
    signal.addEventListener("abort", wake);
    if (signal.aborted) wake();
  });
}

async function holdAndScan(
  run: ClaimedRun,
  session: Session,
  options: RunnerOptions,
  stop: AbortSignal,
): Promise<void> {
  const cancelled = new AbortController();
  const onNotification = ({ payload }: pg.Notification) => {
    if (payload === run.id) cancelled.abort(new Error("The run was cancelled"));
  };
  session.client.on("notification", onNotification);
  try {
    const signal = AbortSignal.any([stop, session.lost, cancelled.signal]);
    await scanRun(run, options, signal);
    // A run that was neither finished nor cancelled is given back: by its end of session if the session is lost.
    if (stop.aborted) await releaseRun(options.database, run);
    session.lost.throwIfAborted();
    await freeRun(session.client, run.id);
  } finally {
    session.client.off("notification", onNotification);
  }
}

/** Scans one run and writes how it ended; nothing is written when the signal ended it. */
async function scanRun(run: ClaimedRun, options: RunnerOptions, signal: AbortSignal): Promise<void> {
  const { database, files, now } = options;
  const log = options.logger.child({ scanName: run.scanName, runId: run.id });
  try {
    const outcome = isSpent(run) ? { failure: SPENT } : await examine(run, options, signal);
    const isOurs =
      "failure" in outcome
        ? await failRun(database, run, outcome.failure, now())
        : await finishRun(database, run, outcome.result, now());
    // Another runner may have taken the run over, and needs the archive.
    if (isOurs) await removeArtifact(files, run.uploadId);
    log.info({ failure: "failure" in outcome ? outcome.failure : null }, "the run ended");
  } catch (error) {
    if (!signal.aborted) throw error;
    log.info({ reason: String(signal.reason) }, "the run was stopped");
  }
}

async function examine(
  run: ClaimedRun,
  { database, files, scan, toRefusal, logger }: RunnerOptions,
  signal: AbortSignal,
): Promise<{ result: ScanResult } | { failure: RunFailure }> {
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
