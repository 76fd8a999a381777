import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import type { Outcome } from "#lib/domain/triage.ts";
import type { LeftOut, TriageAct } from "#lib/domain/triage-act.ts";

/** So many findings are decided in one transaction, while the person waits; more are a job. */
export const MOST_AT_ONCE = 1_000;
/** So many of a job are one transaction. */
export const SLICE = 5_000;

export type DecisionRow = {
  id: string;
  state: "draft" | "awaiting" | "declined" | "running" | "done" | "undoing" | "undone";
  act: TriageAct;
  total: number;
  done: number;
  outcome: Outcome | null;
  undo_outcome: Outcome | null;
  made_by: string;
  created_at: Date;
  decided_at: Date | null;
  carried_out_at: Date | null;
  undone_by: string | null;
};

const COLUMNS = `id, state, act, total, done, outcome, undo_outcome, made_by, created_at, decided_at, carried_out_at, undone_by`;

/** Throws AppError not-found. */
export async function getDecisionRow(client: pg.ClientBase | pg.Pool, id: string): Promise<DecisionRow> {
  return await selectDecision(client, id, "");
}

/** The same, kept from everybody else until the transaction ends. */
export async function lockDecisionRow(client: pg.ClientBase, id: string): Promise<DecisionRow> {
  return await selectDecision(client, id, "FOR UPDATE");
}

async function selectDecision(client: pg.ClientBase | pg.Pool, id: string, lock: string): Promise<DecisionRow> {
  const { rows } = await client.query<DecisionRow>(`SELECT ${COLUMNS} FROM triage_decision WHERE id = $1 ${lock}`, [
    id,
  ]);
  const [row] = rows;
  if (!row) throw new AppError("not-found", "There is no decision or draft with this id. A draft is kept for an hour.");
  return row;
}

export function noOutcome(): Outcome {
  return { changed: 0, leftOut: {}, overtakenBy: [] };
}

export function leave(outcome: Outcome, why: LeftOut): void {
  outcome.leftOut[why] = (outcome.leftOut[why] ?? 0) + 1;
}

const MOST_OVERTAKEN_TOLD = 3;

/** Two parts of a decision together. */
export function addOutcomes(one: Outcome | null, other: Outcome): Outcome {
  if (one === null) return other;
  const sum: Outcome = { changed: one.changed + other.changed, leftOut: { ...one.leftOut }, overtakenBy: [] };
  for (const [why, count] of Object.entries(other.leftOut)) {
    // Object.entries forgets the keys' type.
    const name = why as LeftOut;
    sum.leftOut[name] = (sum.leftOut[name] ?? 0) + count;
  }
  const overtakenBy = new Map([...other.overtakenBy, ...one.overtakenBy].map((by) => [JSON.stringify(by), by]));
  sum.overtakenBy = [...overtakenBy.values()]
    .sort((a, b) => (a.decidedAt < b.decidedAt ? 1 : -1))
    .slice(0, MOST_OVERTAKEN_TOLD);
  return sum;
}

type Overtaking = { id: string; userName: string; decidedAt: Date; kind: TriageAct["kind"]; madeBy: string };

/** Who made these decisions, by id. */
export async function listOvertaking(client: pg.ClientBase, ids: string[]): Promise<Map<string, Overtaking>> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<Overtaking>(
    `SELECT d.id, p.user_name AS "userName", d.decided_at AS "decidedAt", d.act ->> 'kind' AS kind, d.made_by AS "madeBy"
     FROM triage_decision d JOIN person p ON p.id = d.made_by WHERE d.id = ANY ($1::uuid[]) ORDER BY d.decided_at DESC`,
    [[...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export function toOvertakenBy(overtaking: Iterable<Overtaking>): Outcome["overtakenBy"] {
  return [...overtaking]
    .slice(0, MOST_OVERTAKEN_TOLD)
    .map(({ userName, decidedAt, kind }) => ({ userName, decidedAt: decidedAt.toISOString(), kind }));
}
