import { AppError } from "#lib/domain/errors.ts";
import type { HeldCloseDecision } from "#lib/domain/sync-run.ts";
import { decideHeldCloseJob } from "#lib/jobs/decide-held-close.ts";
import { inTransaction } from "../database.ts";
import { saveAuditEvent } from "./audit-event.ts";
import type { Actor } from "./connections.ts";

/**
 * Queues a person's decision on a mass close, and records who made it. Throws AppError: `not-found`, or `conflict` when
 * it is decided already.
 */
export async function queueHeldCloseDecision(
  id: string,
  { decision }: HeldCloseDecision,
  actor: Actor,
  now: Date,
): Promise<void> {
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ state: string }>("SELECT state FROM held_close WHERE id = $1 FOR UPDATE", [
      id,
    ]);
    const [held] = rows;
    if (!held) throw new AppError("not-found", "No mass close has this id.");
    const isNew =
      held.state === "held" && (await decideHeldCloseJob.send(client, { id, decision, personId: actor.personId }));
    if (!isNew) throw new AppError("conflict", "This mass close is decided already.");
    const action = decision === "confirmed" ? "held-close.confirm" : "held-close.reject";
    await saveAuditEvent(client, { actor: actor.userName, action, target: id, now });
  });
}
