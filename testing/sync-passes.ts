import { closeUnseenFindings } from "#lib/db/write/closing.ts";
import { saveObservedFindings } from "#lib/db/write/observed-findings.ts";
import { finishSyncRun, type SyncPass, startSyncRun } from "#lib/db/write/sync-run.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import type { SyncMode, SyncRun } from "#lib/domain/sync-run.ts";

export function startPass(connectionId: string, mode: SyncMode, now: string): Promise<SyncPass> {
  return startSyncRun({ connectionId, mode, trigger: "schedule", now: new Date(now), requestedBy: null });
}

/** A whole pass from start to end. */
export async function wholePass(connectionId: string, now: string, observed: ObservedFinding[]): Promise<SyncRun> {
  const pass = await startPass(connectionId, "whole", now);
  await saveObservedFindings(pass, observed);
  await closeUnseenFindings(pass);
  return await finishSyncRun(pass);
}

/** An incremental pass from start to end. The connection must have had a pass. */
export async function incrementalPass(
  connectionId: string,
  now: string,
  observed: ObservedFinding[],
): Promise<SyncRun> {
  const pass = await startPass(connectionId, "incremental", now);
  await saveObservedFindings(pass, observed);
  return await finishSyncRun(pass);
}
