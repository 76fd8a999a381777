import type { Actor } from "#lib/db/write/connections.ts";
import { saveSameProblem } from "#lib/db/write/same-problems.ts";
import type { SameProblemDecision } from "#lib/domain/same-problem.ts";

/**
 * Puts the issues of two findings together as one problem, or keeps them apart, whatever is found by itself; it stays so
 * through every sync. Throws AppError not-found, or invalid-input.
 */
export async function decideSameProblem(
  id: string,
  decision: SameProblemDecision,
  actor: Actor,
  now: Date,
): Promise<void> {
  await saveSameProblem(id, decision, actor, now);
}
