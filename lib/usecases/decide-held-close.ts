import type { Actor } from "#lib/db/write/connections.ts";
import { queueHeldCloseDecision } from "#lib/db/write/queued-decision.ts";
import type { HeldCloseDecision } from "#lib/domain/sync-run.ts";

/**
 * Asks the worker to carry out a person's decision on a mass close. Throws AppError: `not-found`, or `conflict` when it
 * is decided already.
 */
export async function requestHeldCloseDecision(
  id: string,
  decision: HeldCloseDecision,
  actor: Actor,
  now: Date,
): Promise<void> {
  await queueHeldCloseDecision(id, decision, actor, now);
}
