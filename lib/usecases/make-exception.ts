import { getException } from "#lib/db/read/exceptions.ts";
import type { Actor } from "#lib/db/write/connections.ts";
import { saveReview } from "#lib/db/write/exceptions/review-exception.ts";
import { endException, saveExceptionChange, saveNewException } from "#lib/db/write/exceptions/save-exception.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { ExceptionChange, ExceptionDetail, NewException, Review, Until } from "#lib/domain/exception.ts";
import { MOST_SUPPRESSED_DAYS } from "#lib/domain/triage-act.ts";

const DAY_MS = 86_400_000;

/** Makes a rule of a filter. Throws AppError invalid-input. */
export async function makeException(wanted: NewException, actor: Actor, now: Date): Promise<ExceptionDetail> {
  refuseUntil(wanted.until, now);
  return await getException(await saveNewException(wanted, actor, now), now);
}

/** Gives a rule another version. Throws AppError: `not-found`, `invalid-input`, `conflict` when somebody was faster. */
export async function changeException(
  id: string,
  change: ExceptionChange,
  actor: Actor,
  now: Date,
): Promise<ExceptionDetail> {
  if (change.until) refuseUntil(change.until, now);
  await saveExceptionChange(id, change, actor, now);
  return await getException(id, now);
}

/** A second person's word. Throws AppError: `not-found`, `forbidden` for one's own, `conflict` when nothing waits. */
export async function reviewException(id: string, review: Review, actor: Actor, now: Date): Promise<ExceptionDetail> {
  await saveReview(id, review, actor, now);
  return await getException(id, now);
}

/** Lets a rule go. Throws AppError: `not-found`, or `conflict` when it is over. */
export async function letExceptionGo(id: string, reason: string, actor: Actor, now: Date): Promise<ExceptionDetail> {
  await endException(id, reason, actor, now);
  return await getException(id, now);
}

function refuseUntil(until: Until, now: Date): void {
  if (until === "fix") return;
  const days = (new Date(until).getTime() - now.getTime()) / DAY_MS;
  if (days > 0 && days <= MOST_SUPPRESSED_DAYS) return;
  const message =
    days <= 0 ? "This is past" : `At most ${MOST_SUPPRESSED_DAYS} days ahead, so that somebody looks again`;
  throw new AppError("invalid-input", message, { faults: [{ field: "until", message }] });
}
