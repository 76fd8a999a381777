import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import type { Review } from "#lib/domain/exception.ts";
import { carryOutDecisionJob } from "#lib/jobs/carry-out-decision.ts";
import { database, inTransaction } from "../../database.ts";
import { saveAuditEvent } from "../audit-event.ts";
import type { Actor } from "../connections.ts";
import { ensureHistoryMonth, inAccountsOfSources } from "../write-transaction.ts";
import { carryOutSlice } from "./carry-out.ts";
import { accountsOf, readSlice, saveProgress } from "./decide.ts";
import { type DecisionRow, getDecisionRow, lockDecisionRow, MOST_AT_ONCE } from "./decision-row.ts";

type Word = { review: Review; actor: Actor; now: Date };

/**
 * A second person's word about a suppression that waits for it: approved, it is carried out on the findings it was drafted
 * of, at once or as a job; declined, it changes nothing. Throws AppError: `not-found`, `forbidden` for one's own,
 * `conflict` when it was decided already or its date has passed.
 */
export async function saveDecisionReview(id: string, review: Review, actor: Actor, now: Date): Promise<void> {
  const word = { review, actor, now };
  const row = await getDecisionRow(database().pool, id);
  refuseReview(row, word);
  if (review.decision === "declined" || row.total > MOST_AT_ONCE) return await noteWord(row, word);
  await ensureHistoryMonth(now);
  const slice = await readSlice(database().pool, id, { from: 0, count: row.total });
  await inAccountsOfSources(await accountsOf(slice.ids), async (client) => {
    const locked = await saveWord(client, id, word);
    const decided = { id, act: locked.act, assigneeId: null, madeBy: locked.made_by, now };
    const outcome = await carryOutSlice(client, decided, slice);
    await saveProgress(client, locked, { outcome, done: locked.total, now });
  });
}

/** Declined, or for the worker to carry out. */
async function noteWord({ id }: DecisionRow, word: Word): Promise<void> {
  await inTransaction(async (client) => {
    await saveWord(client, id, word);
    if (word.review.decision === "approved") await carryOutDecisionJob.send(client, { id });
  });
}

function refuseReview({ state, act, made_by: madeBy }: DecisionRow, { actor, now }: Word): void {
  if (state === "draft") throw new AppError("not-found", "There is no decision with this id.");
  if (state !== "awaiting") throw new AppError("conflict", "This does not wait for approval: it was decided already.");
  if (madeBy === actor.personId) throw new AppError("forbidden", "You made it: another lead has to agree.");
  if (act.kind === "suppress" && act.until !== "fix" && new Date(act.until) <= now) {
    throw new AppError("conflict", "The date until which it would suppress has passed: decide anew.");
  }
}

async function saveWord(client: pg.ClientBase, id: string, word: Word): Promise<DecisionRow> {
  const { review, actor, now } = word;
  const row = await lockDecisionRow(client, id);
  refuseReview(row, word);
  const isApproved = review.decision === "approved";
  await client.query(
    `UPDATE triage_decision SET state = $2, reviewed_by = $3, reviewed_at = $4, review_reason = $5,
       finding_ids = CASE WHEN $2 = 'declined' THEN '{}' ELSE finding_ids END,
       seen = CASE WHEN $2 = 'declined' THEN '{}' ELSE seen END WHERE id = $1`,
    [id, isApproved ? "running" : "declined", actor.personId, now, review.reason],
  );
  const action = isApproved ? "triage.approve" : "triage.decline";
  await saveAuditEvent(client, { actor: actor.userName, action, target: id, detail: { reason: review.reason }, now });
  return row;
}
