import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { type ClaimedRun, claimRun, freeRun, RUNNER_CHANNEL, releaseRun } from "../store/run-queue.ts";
import { type RunMeans, scanRun } from "./scan-run.ts";

type RunnerOptions = RunMeans & { databaseUrl: string };
/** A session of PostgreSQL: its locks hold a run, its notifications tell of new and of cancelled ones. */
type Session = { client: pg.Client; lost: AbortSignal };

/** How long until a run that another process has let go of is noticed; new ones are told. */
const LOOK_AGAIN_MS = 5000;
const RECONNECT_MS = 1000;

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
