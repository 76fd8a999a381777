import { removeSampleRows } from "#lib/db/write/remove-sample.ts";
import { finishSampleRemoval, startSampleRemoval } from "#lib/db/write/sample-progress.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { SyncRun } from "#lib/domain/sync-run.ts";
import { rebuild, verify } from "./verify-rollups.ts";

/** A person has had enough of the sample. Throws AppError not-found where there is none. */
export async function requestSampleRemoval(userName: string, now: Date): Promise<void> {
  if (!(await startSampleRemoval(userName, now))) {
    throw new AppError("not-found", "There is no sample organisation, or it is being removed already.");
  }
}

/**
 * The sample makes way for what is real: after the first whole pass of a source of the user's own that went well.
 * Returns whether it does so now.
 */
export async function replaceSample(run: SyncRun, now: Date): Promise<boolean> {
  if (run.isSample || run.mode !== "whole" || run.state !== "succeeded") return false;
  return await startSampleRemoval("system", now);
}

/**
 * Deletes the sample, in steps that may be interrupted and go on, then verifies the rollups. Returns each number that
 * was off, having mended them; none is the rule.
 */
export async function removeSample(signal: AbortSignal, clock: () => Date): Promise<string[]> {
  await removeSampleRows(signal);
  const differences = await verify();
  if (differences.length > 0) await rebuild();
  await finishSampleRemoval(clock());
  return differences;
}
