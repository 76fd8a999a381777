import type { PgBoss, Job as PgBossJob } from "pg-boss";
import type { Logger } from "pino";
import type { Job } from "#lib/jobs/job.ts";
import { ensureQueue } from "#lib/jobs/queue.ts";

/** New jobs are told of at once; those that come again (a worker died) are looked for this often. */
const POLL_SECONDS = 5;

/** What a job's handler is given beside its payload. `signal` ends with the worker, or when the job's lease is lost. */
export type Task = { readonly signal: AbortSignal; readonly logger: Logger };

/** A job's handler. It may be stopped at any line and called again: it must have the same effect. */
export type Handle<Payload> = (payload: Payload, task: Task) => Promise<void>;

type Registration<Payload> = { job: Job<Payload>; handle: Handle<Payload>; concurrency: number };

/** Runs the jobs of one kind, `concurrency` at a time. What a handler throws is logged here, once, and tried again. */
export async function registerJob<Payload>(
  boss: PgBoss,
  { job, handle, concurrency }: Registration<Payload>,
  task: Task,
): Promise<void> {
  await ensureQueue(boss, job.name);
  for (let n = 0; n < concurrency; n++) {
    let workerId = "";
    workerId = await boss.work(job.name, { notifyPollingIntervalSeconds: POLL_SECONDS }, async ([taken]) => {
      if (taken === undefined) return;
      try {
        await run(taken, { job, handle }, task);
      } finally {
        boss.notifyWorker(workerId); // where one job was there may be more: no pause until the next look
      }
    });
  }
}

async function run<Payload>(
  taken: PgBossJob<unknown>,
  { job, handle }: Pick<Registration<Payload>, "job" | "handle">,
  { signal, logger }: Task,
): Promise<void> {
  const log = logger.child({ job: job.name, jobId: taken.id });
  const started = performance.now();
  try {
    const payload = job.payloadSchema.parse(taken.data);
    await handle(payload, { signal: AbortSignal.any([signal, taken.signal]), logger: log });
    log.info({ durationMs: Math.round(performance.now() - started) }, "done");
  } catch (error) {
    if (signal.aborted) log.info("interrupted; it goes on with the next start");
    else log.error({ err: error }, "failed; it is tried again");
    throw error;
  }
}
