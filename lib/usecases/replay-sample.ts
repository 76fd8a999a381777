import { getSampleProgress, listSampleConnections } from "#lib/db/read/sample.ts";
import { listHeldClosesOf, listSyncRuns } from "#lib/db/read/sync.ts";
import { decideHeldClose } from "#lib/db/write/closing.ts";
import { finishSampleReplay, saveReplayWeek } from "#lib/db/write/sample-progress.ts";
import { startSyncRun } from "#lib/db/write/sync-run.ts";
import { type ReplayStep, type SampleProgress, toReplaySteps } from "#lib/domain/sample-progress.ts";
import type { Source } from "#lib/sources/source.ts";
import { syncConnection } from "./sync-connection.ts";

/** What the worker brings along. `withSourceAt` opens the sample as one region of it was at an instant. */
export type ReplayMeans = {
  withSourceAt<T>(region: string, asOf: Date, use: (source: Source) => Promise<T>): Promise<T>;
  signal: AbortSignal;
  clock: () => Date;
};

/** Nobody: the sample has no person who would confirm what it closes. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/**
 * Lives through the sample organisation's year by the very same sync as anything else, in order of time, the clock of
 * each pass being the simulated one. It may be stopped anywhere and called again: it goes on where it was.
 * Throws when a pass does not succeed.
 */
export async function replaySample(means: ReplayMeans): Promise<void> {
  const progress = await getSampleProgress();
  if (progress?.state !== "replaying") return;
  try {
    await replayYear(progress, means);
  } catch (error) {
    // Removed in the middle of its year: there is nothing left to do.
    if ((await getSampleProgress())?.state === "replaying") throw error;
  }
}

async function replayYear(progress: SampleProgress, means: ReplayMeans): Promise<void> {
  const steps = toReplaySteps(progress.weeks, new Date(progress.endsAt));
  for (const step of steps.slice(progress.week)) {
    for (const { id, region, lastPassAt } of await listSampleConnections()) {
      const isDone = lastPassAt !== null && lastPassAt >= step.at;
      if (!isDone) await replayPass({ id, region }, step, means);
    }
    await saveReplayWeek(step.week);
  }
  await finishSampleReplay(means.clock());
}

async function replayPass(
  connection: { id: string; region: string },
  step: ReplayStep,
  means: ReplayMeans,
): Promise<void> {
  const { signal } = means;
  signal.throwIfAborted();
  const pass = await startSyncRun({
    connectionId: connection.id,
    mode: step.mode,
    trigger: "replay",
    now: step.at,
    requestedBy: null,
    ...(await leftBehind(connection.id)),
  });
  const run = await means.withSourceAt(connection.region, step.at, (source) => syncConnection(source, pass, signal));
  if (run.state === "held") await confirmClosings(run.id, step.at);
  else if (run.state !== "succeeded") {
    throw new Error(`The sample's week ${step.week} in ${connection.region} broke off: ${run.failure?.message}`);
  }
}

/** The run of a worker that was killed: nobody else reads the sample during its replay, so it is taken over at once. */
async function leftBehind(connectionId: string): Promise<{ runId?: string }> {
  const { items } = await listSyncRuns({ connectionId, state: "running", limit: 1 });
  return items[0] === undefined ? {} : { runId: items[0].id };
}

async function confirmClosings(runId: string, now: Date): Promise<void> {
  for (const id of await listHeldClosesOf(runId)) {
    await decideHeldClose({ id, decision: "confirmed", personId: NOBODY, now });
  }
}
