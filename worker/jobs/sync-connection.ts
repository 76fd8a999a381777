import type { z } from "zod";
import { env } from "#lib/config/env.ts";
import { findConnectionAccess } from "#lib/db/read/connections.ts";
import type { syncConnectionJob } from "#lib/jobs/sync-connection.ts";
import { replaceSample } from "#lib/usecases/remove-sample.ts";
import { resumeSyncRun } from "#lib/usecases/resume-sync-run.ts";
import { syncConnection } from "#lib/usecases/sync-connection.ts";
import { toInspectorAccess, withSource } from "../open-source.ts";
import type { Task } from "../register-job.ts";

/** One pass over a connection. A pass that the worker's end interrupts is thrown, so that the job comes again. */
export async function handleSyncConnection(
  { connectionId, runId }: z.infer<typeof syncConnectionJob.payloadSchema>,
  { signal, logger }: Task,
): Promise<void> {
  const connection = await findConnectionAccess(connectionId);
  if (connection === null) return; // disconnected meanwhile; that has ended its runs
  const pass = await resumeSyncRun(runId, new Date());
  if (pass === null) return;
  const run = await withSource(toInspectorAccess(connection), (source) => syncConnection(source, pass, signal));
  const { state, counts, failure } = run;
  logger.info(
    { connection: connection.name, region: connection.region, mode: run.mode, state, counts, failure },
    "pass ended",
  );
  signal.throwIfAborted();
  if (env().SIGHTLINE_SAMPLE === "auto") await replaceSample(run, new Date());
}
