import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import type { SourceName } from "#lib/domain/finding.ts";
import { type Outcome, UNDO_MINUTES } from "#lib/domain/triage.ts";
import { carryOutDecisionJob } from "#lib/jobs/carry-out-decision.ts";
import { database, inTransaction } from "../../database.ts";
import { saveAuditEvent } from "../audit-event.ts";
import type { Actor } from "../connections.ts";
import { ensureHistoryMonth, inAccountsOfSources } from "../write-transaction.ts";
import { applySettings } from "./carry-out.ts";
import {
  addOutcomes,
  type DecisionRow,
  getDecisionRow,
  leave,
  listOvertaking,
  lockDecisionRow,
  MOST_AT_ONCE,
  noOutcome,
  SLICE,
  toOvertakenBy,
} from "./decision-row.ts";
import { formerValue, presentValue, type Setting } from "./field-value.ts";
import { FIELD_OF, isOfIssue, listTriageRows, type TriageField, targetOf } from "./triage-row.ts";

/**
 * Takes a decision back: at once where it is small, else as a job. Throws AppError: `not-found`, or `conflict` when the
 * time for it is over, or it is undone already.
 */
export async function saveUndo(id: string, actor: Actor, now: Date): Promise<void> {
  const row = await getDecisionRow(database().pool, id);
  refuseUndo(row, now);
  if ((row.outcome?.changed ?? 0) > MOST_AT_ONCE) return await queueUndo(id, actor, now);
  await ensureHistoryMonth(now);
  const field = FIELD_OF[row.act.kind];
  const targets = await listTargets(id, 0);
  await inAccountsOfSources(await accountsOfTargets(field, targets), async (client) => {
    const started = await startUndo(client, id, actor, now);
    await savePart(client, { row: started, field, targets }, now);
  });
}

async function queueUndo(id: string, actor: Actor, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    await startUndo(client, id, actor, now);
    await carryOutDecisionJob.send(client, { id });
  });
}

async function startUndo(client: pg.ClientBase, id: string, actor: Actor, now: Date): Promise<DecisionRow> {
  const row = await lockDecisionRow(client, id);
  refuseUndo(row, now);
  await client.query(
    "UPDATE triage_decision SET state = 'undoing', done = 0, undone_at = $2, undone_by = $3 WHERE id = $1",
    [id, now, actor.personId],
  );
  await saveAuditEvent(client, { actor: actor.userName, action: "triage.undo", target: id, now });
  return { ...row, done: 0, undone_by: actor.personId };
}

function refuseUndo({ state, carried_out_at: carriedOutAt }: DecisionRow, now: Date): void {
  if (state === "draft") throw new AppError("not-found", "There is no decision with this id.");
  if (state === "awaiting" || state === "declined") throw new AppError("conflict", "It was not carried out.");
  if (state === "running") throw new AppError("conflict", "It is still being carried out. Undo it when it is done.");
  if (state !== "done") throw new AppError("conflict", "It is undone already.");
  const ended = (carriedOutAt?.getTime() ?? 0) + UNDO_MINUTES * 60_000;
  if (now.getTime() <= ended) return;
  throw new AppError("conflict", `It could be undone for ${UNDO_MINUTES} minutes. Decide anew instead.`);
}

type Part = { row: DecisionRow; field: TriageField; targets: TargetRow[] };
type TargetRow = { account_id: string; target_id: string; number: number; before: unknown };

/** Takes the next part back; the same as `saveNextPart` otherwise. */
export async function saveNextUndoPart(id: string, now: Date): Promise<boolean> {
  const row = await getDecisionRow(database().pool, id);
  if (row.state !== "undoing") return false;
  await ensureHistoryMonth(now);
  const field = FIELD_OF[row.act.kind];
  const targets = await listTargets(id, row.done);
  return await inAccountsOfSources(await accountsOfTargets(field, targets), async (client) => {
    const locked = await lockDecisionRow(client, id);
    if (locked.state !== "undoing" || locked.done !== row.done) return true; // another worker was here
    return await savePart(client, { row: locked, field, targets }, now);
  });
}

/** Returns whether there is more to do. */
async function savePart(client: pg.ClientBase, part: Part, now: Date): Promise<boolean> {
  const { row, targets } = part;
  const outcome = await takeBack(client, part, now);
  const isDone = targets.length < SLICE;
  await client.query(
    `UPDATE triage_decision SET done = $2, undo_outcome = $3, state = CASE WHEN $4 THEN 'undone' ELSE state END WHERE id = $1`,
    [row.id, row.done + targets.length, addOutcomes(row.undo_outcome ?? noOutcome(), outcome), isDone],
  );
  return !isDone;
}

async function listTargets(id: string, from: number): Promise<TargetRow[]> {
  const { rows } = await database().pool.query<TargetRow>(
    `SELECT account_id, target_id, number::float8 AS number, before FROM triage_target
     WHERE decision_id = $1 ORDER BY number OFFSET $2 LIMIT $3`,
    [id, from, SLICE],
  );
  return rows;
}

async function accountsOfTargets(field: TriageField, targets: TargetRow[]) {
  const table = isOfIssue(field) ? "issue" : "finding";
  const { rows } = await database().pool.query<{ source: SourceName; accountId: string }>(
    `SELECT DISTINCT f.source, f.account_id AS "accountId" FROM unnest($1::text[], $2::uuid[]) AS t (account_id, id)
     JOIN ${table} f ON f.account_id = t.account_id AND f.id = t.id`,
    [targets.map(({ account_id }) => account_id), targets.map(({ target_id }) => target_id)],
  );
  return rows;
}

async function takeBack(client: pg.ClientBase, { row, field, targets }: Part, now: Date): Promise<Outcome> {
  const outcome = noOutcome();
  const rows = await listTriageRows(client, field, await findingsOf(client, field, targets));
  const before = new Map(targets.map((target) => [target.target_id, target.before]));
  const overtaken = rows.filter(({ last_decision_id: last }) => last !== row.id);
  const others = await listOvertaking(
    client,
    overtaken.flatMap(({ last_decision_id: last }) => last ?? []),
  );
  outcome.overtakenBy = toOvertakenBy(others.values());
  for (const _ of overtaken) leave(outcome, "overtaken");
  const settings = rows
    .filter(({ last_decision_id: last }) => last === row.id)
    .map((one): Setting => ({ row: one, next: formerValue(field, one, before.get(targetOf(field, one)) ?? null) }));
  outcome.changed = settings.length;
  await client.query(
    `UPDATE triage_target t SET is_undone = true FROM unnest($1::text[], $2::uuid[]) AS s (account_id, id)
     WHERE t.account_id = s.account_id AND t.target_id = s.id AND t.decision_id = $3`,
    [settings.map(({ row: one }) => one.account_id), settings.map(({ row: one }) => targetOf(field, one)), row.id],
  );
  const occasion = { cause: "undo", actorId: row.undone_by, decisionId: row.id, now } as const;
  // What has ended by itself since needs no event.
  const changing = settings.filter(
    ({ row: one, next }) => field === "comment" || next.value !== null || presentValue(field, one) !== null,
  );
  await applySettings(client, { field, settings: changing, ...occasion });
  return outcome;
}

/** One finding of each target. */
async function findingsOf(client: pg.ClientBase, field: TriageField, targets: TargetRow[]): Promise<string[]> {
  if (!isOfIssue(field)) return targets.map(({ target_id }) => target_id);
  const { rows } = await client.query<{ id: string }>(
    `SELECT (SELECT f.id FROM finding f WHERE f.account_id = t.account_id AND f.issue_id = t.id LIMIT 1) AS id
     FROM unnest($1::text[], $2::uuid[]) AS t (account_id, id)`,
    [targets.map(({ account_id }) => account_id), targets.map(({ target_id }) => target_id)],
  );
  return rows.flatMap(({ id }) => id ?? []);
}
