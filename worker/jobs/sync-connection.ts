import type { z } from "zod";
import { env } from "#lib/config/env.ts";
import { type ConnectionAccess, findConnectionAccess } from "#lib/db/read/connections.ts";
import type { SyncPass } from "#lib/db/write/sync-run.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { SyncRun } from "#lib/domain/sync-run.ts";
import type { syncConnectionJob } from "#lib/jobs/sync-connection.ts";
import { replaceSample } from "#lib/usecases/remove-sample.ts";
import { resumeSyncRun } from "#lib/usecases/resume-sync-run.ts";
import { syncConnection } from "#lib/usecases/sync-connection.ts";
import { toInspectorAccess, withSource } from "../open-source.ts";
import type { Task } from "../register-job.ts";

/** One pass over a connection. Throws when it was interrupted. */
export async function handleSyncConnection(
  { connectionId, runId }: z.infer<typeof syncConnectionJob.payloadSchema>,
  { signal, logger }: Task,
): Promise<void> {
  const connection = await findConnectionAccess(connectionId);
  if (connection === null) return; // disconnected meanwhile; that has ended its runs
  const pass = await resumeSyncRun(runId, new Date());
  if (pass === null) return;
  const run = await sync(connection, pass, signal);
  const { name, region } = connection;
  logger.info(
    { connection: name, region, mode: pass.mode, state: run?.state, counts: run?.counts, failure: run?.failure },
    "pass ended",
  );
  // Thrown, so that the job comes again and reads it anew.
  if (run?.failure?.code === "interrupted") throw new Error(run.failure.message);
  if (run !== null && env().SIGHTLINE_SAMPLE === "auto") await replaceSample(run, new Date());
}

/** null: the run was ended by a disconnection or taken over by another worker; what is left of it is theirs. */
async function sync(connection: ConnectionAccess, pass: SyncPass, signal: AbortSignal): Promise<SyncRun | null> {
  try {
    return await withSource(toInspectorAccess(connection), (source) => syncConnection(source, pass, signal));
  } catch (error) {
    if (error instanceof AppError && error.code === "conflict") return null;
    throw error;
  }
}
