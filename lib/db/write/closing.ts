import type { SyncPass } from "./sync-run.ts";

/**
 * Closes what a whole pass did not see and no other connection still reports. A scope that would lose too much at once
 * is held for a person instead. Returns how many findings closed and how many wait. Throws for an incremental pass.
 */
export async function closeUnseenFindings(pass: SyncPass): Promise<{ closed: number; held: number }> {
  throw new Error(`Not there yet: ${pass.runId}`);
}

export type HeldCloseDecision = { id: string; decision: "confirmed" | "rejected"; personId: string; now: Date };

/** Closes what was held and is still unseen, or keeps it. Throws AppError `not-found`, or `conflict` when decided already. */
export async function decideHeldClose(request: HeldCloseDecision): Promise<void> {
  throw new Error(`Not there yet: ${request.id}`);
}
