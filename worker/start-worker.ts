import { join } from "node:path";
import type { Logger } from "pino";
import type { Env } from "#lib/config/env.ts";
import { closeDatabase } from "#lib/db/database.ts";
import { resumeDisconnections } from "#lib/db/write/disconnect.ts";
import { foldParts } from "#lib/db/write/fold-parts.ts";
import { rebuildSwollenIndexes } from "#lib/db/write/index-upkeep.ts";
import { forgetPastDue } from "#lib/db/write/sla/forget-past-due.ts";
import { toFixedFeeds } from "#lib/domain/feed.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { localStorage } from "#lib/storage/local-storage.ts";
import { requestApplying } from "#lib/usecases/apply-rules.ts";
import { requestDueFeeds } from "#lib/usecases/change-feed.ts";
import { endBrokenUploads } from "#lib/usecases/end-broken-uploads.ts";
import { endSuppressions } from "#lib/usecases/end-suppressions.ts";
import { requestDueHandOvers } from "#lib/usecases/hand-over.ts";
import { keepExceptions } from "#lib/usecases/keep-exceptions.ts";
import { pruneReports } from "#lib/usecases/keep-reports.ts";
import { runDueSchedules } from "#lib/usecases/report-schedules.ts";
import { requestDueSyncs } from "#lib/usecases/request-sync.ts";
import { resumeScans } from "#lib/usecases/resume-scans.ts";
import { requestDueDeliveries } from "#lib/usecases/send-report.ts";
import { settleUploads } from "#lib/usecases/settle-uploads.ts";
import { beginSample } from "./begin-sample.ts";
import { every } from "./every.ts";
import { registerJobs } from "./register-jobs.ts";

/** Due connections are looked for twice a minute. */
const SCHEDULE_MS = 30_000;
/** Uploads that broke off, and scans that nobody carries on, are looked for this often. */
const UPLOADS_MS = 60_000;
/** Suppressions that have run out are looked for this often. */
const SUPPRESSIONS_MS = 60_000;
/** Rules that changed as their job ended are looked for this often. */
const RULES_MS = 60_000;
/** Public lists are due once a day; whether one is, is looked at this often. */
const FEEDS_MS = 60_000;
/** Hand-overs that are to be tried again are looked for this often. */
const HAND_OVERS_MS = 30_000;
/** Reports whose hour has come, and e-mails that are to be tried again, are looked for this often. */
const REPORTS_MS = 30_000;
/** Reports that are older than they are kept are deleted this often. */
const OUTLIVED_MS = 3_600_000;
/** Due dates by which nothing is open any more are deleted this often. */
const PAST_DUE_MS = 3_600_000;
/** What transactions append to shared counts is put together this often: some hundred thousand rows of a first pass. */
const COUNTS_MS = 10_000;
/** Indexes that are larger than they need to be are looked for this often. */
const INDEXES_MS = 3_600_000;
/** How often the sample is asked for until it answers: it starts beside the worker. */
const SAMPLE_MS = 1_000;
/** Jobs that were told to stop get this long; with the rest it stays below the supervisor's 5 seconds. */
const GRACE_MS = 3_000;

/** A running worker. `stop` interrupts what runs, which goes on with the next start, and ends within 5 seconds. */
export type Worker = { stop(): Promise<void> };

/** Sets the queue up, takes jobs, and asks for due syncs. Throws when the database cannot be reached. */
export async function startWorker(settings: Env, logger: Logger): Promise<Worker> {
  const shutdown = new AbortController();
  const task = { signal: shutdown.signal, logger };
  const boss = await openQueue(settings.DATABASE_URL, "worker", (error) => {
    if (!shutdown.signal.aborted) logger.warn({ err: error }, "the queue met a failure; it goes on");
  });
  await registerJobs(boss, task);
  every(SCHEDULE_MS, task, "schedule", async () => {
    await resumeDisconnections(new Date());
    await requestDueSyncs(new Date());
    return "again";
  });
  const storage = localStorage(join(settings.DATA_DIR, "archives"));
  every(UPLOADS_MS, task, "uploads", async () => {
    await endBrokenUploads(storage, new Date());
    await settleUploads(storage, new Date());
    await resumeScans(new Date());
    return "again";
  });
  every(SUPPRESSIONS_MS, task, "suppressions", async () => {
    await endSuppressions(new Date());
    await keepExceptions(new Date());
    return "again";
  });
  every(RULES_MS, task, "rules", async () => {
    await requestApplying();
    return "again";
  });
  every(HAND_OVERS_MS, task, "hand-overs", async () => {
    await requestDueHandOvers(new Date());
    return "again";
  });
  every(REPORTS_MS, task, "reports", async () => {
    await runDueSchedules(new Date());
    await requestDueDeliveries(new Date());
    return "again";
  });
  every(OUTLIVED_MS, task, "outlived reports", async () => {
    await pruneReports(new Date());
    return "again";
  });
  every(FEEDS_MS, task, "feeds", async () => {
    await requestDueFeeds(toFixedFeeds(settings), new Date());
    return "again";
  });
  every(COUNTS_MS, task, "counts", async () => {
    await foldParts(shutdown.signal);
    return "again";
  });
  every(PAST_DUE_MS, task, "past due dates", async () => {
    await forgetPastDue(shutdown.signal);
    return "again";
  });
  every(INDEXES_MS, task, "indexes", async () => {
    for await (const rebuilt of rebuildSwollenIndexes(new Date(), shutdown.signal))
      logger.info(rebuilt, "index rebuilt");
    return "again";
  });
  every(SAMPLE_MS, task, "sample", () => beginSample(settings, task));
  return {
    stop: async () => {
      shutdown.abort(new Error("The worker stops"));
      await closeQueue(GRACE_MS);
      await closeDatabase();
    },
  };
}
