import { getDecision } from "#lib/db/read/triage-decisions.ts";
import type { Actor } from "#lib/db/write/connections.ts";
import { saveDecision } from "#lib/db/write/triage/decide.ts";
import { saveTriageDraft } from "#lib/db/write/triage/draft.ts";
import { saveDecisionReview } from "#lib/db/write/triage/review-decision.ts";
import { saveUndo } from "#lib/db/write/triage/undo.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { Review } from "#lib/domain/exception.ts";
import type { Permission } from "#lib/domain/permission.ts";
import type { NewDecision, NewDraft, TriageDecision, TriageDraft } from "#lib/domain/triage.ts";
import { type DraftAct, MOST_SUPPRESSED_DAYS } from "#lib/domain/triage-act.ts";

/** Who decides, and what they may. */
export type Decider = Actor & { permissions: ReadonlySet<Permission> };

const DAY_MS = 86_400_000;

/** Tells what a decision would do, and keeps its targets as they are now. Throws AppError as the decision would. */
export async function draftDecision(draft: NewDraft, decider: Decider, now: Date): Promise<TriageDraft> {
  refuseAct(draft.act, decider, now);
  return await saveTriageDraft(draft, decider.personId, now);
}

/**
 * Carries out a draft. A developer may comment and take findings on and off themselves; a lead may do all. Throws
 * AppError: `forbidden`, `not-found`, `invalid-input`, or `conflict` when nothing was left to change, with who decided
 * otherwise meanwhile.
 */
export async function decide(decision: NewDecision, decider: Decider, now: Date): Promise<TriageDecision> {
  refuseAct(decision.act, decider, now);
  await saveDecision(decision, decider, now);
  return await getDecision(decision.draftId, now);
}

/**
 * Takes a decision back within ten minutes, except where somebody has decided anew since. Throws AppError: `forbidden`
 * for somebody else's, `not-found`, or `conflict` when it is too late or undone already.
 */
export async function undoDecision(id: string, decider: Decider, now: Date): Promise<TriageDecision> {
  const { madeBy } = await getDecision(id, now);
  if (madeBy !== decider.userName && !decider.permissions.has("findings:triage")) {
    throw new AppError("forbidden", "Another person made this decision: they or a lead may undo it.");
  }
  await saveUndo(id, decider, now);
  return await getDecision(id, now);
}

/**
 * A second person's word about a suppression that waits for it. Throws AppError: `not-found`, `forbidden` for one's own,
 * or `conflict` when it was decided already.
 */
export async function reviewDecision(id: string, review: Review, actor: Actor, now: Date): Promise<TriageDecision> {
  await saveDecisionReview(id, review, actor, now);
  return await getDecision(id, now);
}

function refuseAct(act: DraftAct, { permissions, userName }: Decider, now: Date): void {
  const isOwn = act.kind === "comment" || (act.kind === "assign" && (act.assignee ?? userName) === userName);
  if (!isOwn && !permissions.has("findings:triage")) {
    throw new AppError("forbidden", `To ${act.kind} needs the lead role (findings:triage).`);
  }
  if (act.kind !== "suppress" || act.until === "fix") return;
  const days = (new Date(act.until).getTime() - now.getTime()) / DAY_MS;
  if (days > 0 && days <= MOST_SUPPRESSED_DAYS) return;
  const message =
    days <= 0 ? "This is past" : `At most ${MOST_SUPPRESSED_DAYS} days ahead, so that somebody looks again`;
  throw new AppError("invalid-input", message, { faults: [{ field: "act.until", message }] });
}
