import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import type { SourceName } from "#lib/domain/finding.ts";
import type { NewDecision, Outcome } from "#lib/domain/triage.ts";
import { leftOutSchema, type TriageAct } from "#lib/domain/triage-act.ts";
import { LEFT_OUT_WORDS } from "#lib/domain/triage-words.ts";
import { carryOutDecisionJob } from "#lib/jobs/carry-out-decision.ts";
import { database, inTransaction } from "../../database.ts";
import { getExceptionPolicy } from "../../read/exception-policy.ts";
import { saveAuditEvent } from "../audit-event.ts";
import type { Actor } from "../connections.ts";
import { ensureHistoryMonth, inAccountsOfSources } from "../write-transaction.ts";
import { carryOutSlice, type Slice } from "./carry-out.ts";
import {
  addOutcomes,
  type DecisionRow,
  getDecisionRow,
  lockDecisionRow,
  MOST_AT_ONCE,
  noOutcome,
  SLICE,
} from "./decision-row.ts";

const DRAFT_HOURS = 1;

/**
 * Carries out a draft: at once where it is small, else as a job. Where a second person has to agree it waits instead, and
 * changes nothing. Returns once the decision, its audit row and what came of it (or the job) are written. Throws AppError:
 * `not-found`, `invalid-input`, or `conflict` when it was carried out already or nothing was left to change; then nothing
 * is written.
 */
export async function saveDecision({ draftId, act }: NewDecision, actor: Actor, now: Date): Promise<void> {
  const draft = await getDecisionRow(database().pool, draftId);
  refuseDraft(draft, { act, actor, now });
  const assigneeId = await findAssignee(act);
  if (await needsReview(draft.id, act)) return await awaitReview(draft, { act, actor, now });
  if (draft.total > MOST_AT_ONCE) return await queueDecision(draft, { act, actor, now });
  await ensureHistoryMonth(now);
  const slice = await readSlice(database().pool, draft.id, { from: 0, count: draft.total });
  await inAccountsOfSources(await accountsOf(slice.ids), async (client) => {
    await startDecision(client, draft, { act, actor, now });
    const outcome = await carryOutSlice(client, { id: draft.id, act, assigneeId, madeBy: actor.personId, now }, slice);
    if (outcome.changed === 0) throw nothingLeft(outcome);
    await saveProgress(client, draft, { outcome, done: draft.total, now });
  });
}

type Order = { act: TriageAct; actor: Actor; now: Date };

function refuseDraft(draft: DecisionRow, { act, actor, now }: Order): void {
  const isOld = draft.created_at.getTime() < now.getTime() - DRAFT_HOURS * 3_600_000;
  if (draft.made_by !== actor.personId || (draft.state === "draft" && isOld)) {
    throw new AppError(
      "not-found",
      "There is no draft of yours with this id. A draft is kept for an hour: make a new one.",
    );
  }
  if (draft.act.kind !== act.kind) {
    const message = `The draft is of ${draft.act.kind}`;
    throw new AppError("invalid-input", message, { faults: [{ field: "act.kind", message }] });
  }
}

/** What sets critical or known-exploited findings aside may need a second person. */
async function needsReview(draftId: string, act: TriageAct): Promise<boolean> {
  if (act.kind !== "suppress" || !(await getExceptionPolicy()).secondApprover) return false;
  const { rowCount } = await database().pool.query(
    `SELECT FROM triage_decision d JOIN finding f ON f.id = ANY (d.finding_ids)
     WHERE d.id = $1 AND f.status <> 'closed' AND (f.severity = 'critical' OR f.known_exploited) LIMIT 1`,
    [draftId],
  );
  return rowCount === 1;
}

async function awaitReview(draft: DecisionRow, order: Order): Promise<void> {
  await inTransaction((client) => startDecision(client, draft, order, "awaiting"));
}

async function findAssignee(act: TriageAct): Promise<string | null> {
  if (act.kind !== "assign" || act.assignee === null) return null;
  const { rows } = await database().pool.query<{ id: string }>(
    "SELECT id FROM person WHERE user_name = $1 AND disabled_at IS NULL",
    [act.assignee],
  );
  const [person] = rows;
  if (person) return person.id;
  const message = "Nobody who can sign in has this user name";
  throw new AppError("invalid-input", message, { faults: [{ field: "act.assignee", message }] });
}

async function queueDecision(draft: DecisionRow, order: Order): Promise<void> {
  await inTransaction(async (client) => {
    await startDecision(client, draft, order);
    await carryOutDecisionJob.send(client, { id: draft.id });
  });
}

/** The draft becomes a decision, with its audit row. Of two who try, the second is refused. */
async function startDecision(
  client: pg.ClientBase,
  { id, total }: DecisionRow,
  { act, actor, now }: Order,
  state: "running" | "awaiting" = "running",
): Promise<void> {
  const { rowCount } = await client.query(
    "UPDATE triage_decision SET state = $4, act = $2, decided_at = $3 WHERE id = $1 AND state = 'draft'",
    [id, act, now, state],
  );
  if (rowCount === 0) throw new AppError("conflict", "This was decided already.");
  const detail = { findings: total, ...act, ...(state === "awaiting" ? { waitsForApproval: true } : {}) };
  await saveAuditEvent(client, { actor: actor.userName, action: `triage.${act.kind}`, target: id, detail, now });
}

function nothingLeft({ leftOut, overtakenBy }: Outcome): AppError {
  const [by] = overtakenBy;
  if (leftOut.overtaken && by) {
    const others = leftOut.overtaken === 1 ? "this finding" : `these ${leftOut.overtaken} findings`;
    return new AppError(
      "conflict",
      `Nothing was changed: ${by.userName} decided about ${others} (${by.kind}) at ${by.decidedAt}, after you had looked.`,
    );
  }
  const words = leftOutSchema.options.flatMap((why) => (leftOut[why] ? `${leftOut[why]} ${LEFT_OUT_WORDS[why]}` : []));
  return new AppError("conflict", `Nothing was changed: ${words.join(", ") || "no finding matches"}.`);
}

/**
 * Carries out the next part of a decision that is a job. Returns whether there is more to do. A part is one transaction
 * with the row's progress: killed anywhere, it goes on where it was.
 */
export async function saveNextPart(id: string, now: Date): Promise<boolean> {
  const row = await getDecisionRow(database().pool, id);
  if (row.state !== "running") return false;
  await ensureHistoryMonth(now);
  const assigneeId = await findAssigneeStill(row.act);
  const slice = await readSlice(database().pool, id, { from: row.done, count: SLICE });
  return await inAccountsOfSources(await accountsOf(slice.ids), async (client) => {
    const locked = await lockDecisionRow(client, id);
    if (locked.state !== "running" || locked.done !== row.done) return true; // another worker was here
    const outcome = await carryOutSlice(client, { id, act: row.act, assigneeId, madeBy: row.made_by, now }, slice);
    const done = row.done + slice.ids.length;
    await saveProgress(client, locked, { outcome, done, now });
    return done < row.total;
  });
}

/** Who was assignable when it was decided is assigned, also when they have left since. */
async function findAssigneeStill(act: TriageAct): Promise<string | null> {
  if (act.kind !== "assign" || act.assignee === null) return null;
  const { rows } = await database().pool.query<{ id: string }>("SELECT id FROM person WHERE user_name = $1", [
    act.assignee,
  ]);
  return rows[0]?.id ?? null;
}

type Progress = { outcome: Outcome; done: number; now: Date };

export async function saveProgress(
  client: pg.ClientBase,
  row: DecisionRow,
  { outcome, done, now }: Progress,
): Promise<void> {
  const isDone = done >= row.total;
  await client.query(
    `UPDATE triage_decision SET done = $2, outcome = $3, state = CASE WHEN $4 THEN 'done' ELSE state END,
       carried_out_at = CASE WHEN $4 THEN $5::timestamptz END,
       finding_ids = CASE WHEN $4 THEN '{}' ELSE finding_ids END, seen = CASE WHEN $4 THEN '{}' ELSE seen END
     WHERE id = $1`,
    [row.id, done, addOutcomes(row.outcome ?? noOutcome(), outcome), isDone, now],
  );
}

/** So many findings of the snapshot, from a place on. */
export async function readSlice(
  client: pg.Pool,
  id: string,
  { from, count }: { from: number; count: number },
): Promise<Slice> {
  const { rows } = await client.query<Slice>(
    `SELECT coalesce(finding_ids[$2:$3], '{}') AS ids, coalesce(seen[$2:$3], '{}')::float8[] AS seen FROM triage_decision WHERE id = $1`,
    [id, from + 1, from + count],
  );
  return rows[0] ?? { ids: [], seen: [] };
}

/** Whose locks a transaction about these findings needs. */
export async function accountsOf(findingIds: string[]): Promise<{ source: SourceName; accountId: string }[]> {
  const { rows } = await database().pool.query<{ source: SourceName; accountId: string }>(
    `SELECT DISTINCT source, account_id AS "accountId" FROM finding WHERE id = ANY ($1::uuid[])`,
    [findingIds],
  );
  return rows;
}
