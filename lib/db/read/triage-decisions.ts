import { z } from "zod";
import { AppError } from "#lib/domain/errors.ts";
import {
  type DecisionFilter,
  type Outcome,
  type TriageDecision,
  type TriageDecisions,
  UNDO_MINUTES,
} from "#lib/domain/triage.ts";
import { triageActSchema } from "#lib/domain/triage-act.ts";
import { database } from "../database.ts";
import { readListCursor, toListCursor } from "./list-cursor.ts";

type Row = {
  id: string;
  act: unknown;
  filter: Record<string, unknown> | null;
  state: TriageDecision["state"];
  made_by: string;
  decided_at: Date;
  carried_out_at: Date | null;
  total: number;
  done: number;
  outcome: Outcome | null;
  undo_outcome: Outcome | null;
  undone_by: string | null;
  undone_at: Date | null;
  reviewed_by: string | null;
  reviewed_at: Date | null;
  review_reason: string | null;
};

// While it is undone, `done` counts what it had changed.
const SELECT = `
  SELECT d.id, d.act, d.filter, d.state, p.user_name AS made_by, d.decided_at, d.carried_out_at, d.done, d.outcome,
    d.undo_outcome, u.user_name AS undone_by, d.undone_at,
    (SELECT user_name FROM person WHERE id = d.reviewed_by) AS reviewed_by, d.reviewed_at, d.review_reason,
    CASE WHEN d.state IN ('undoing', 'undone')
      THEN (SELECT count(*)::int FROM triage_target t WHERE t.decision_id = d.id) ELSE d.total END AS total
  FROM triage_decision d JOIN person p ON p.id = d.made_by LEFT JOIN person u ON u.id = d.undone_by
  WHERE d.state <> 'draft'`;

/** One decision, with how far it has come. Throws AppError not-found. */
export async function getDecision(id: string, now: Date): Promise<TriageDecision> {
  const { rows } = await database().pool.query<Row>(`${SELECT} AND d.id = $1`, [id]);
  const [row] = rows;
  if (!row) throw new AppError("not-found", "There is no decision with this id.");
  return toDecision(row, now);
}

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** One page of decisions, newest first; ties by id, so that a cursor is exact. */
export async function listDecisions({ state, limit, cursor }: DecisionFilter, now: Date): Promise<TriageDecisions> {
  const [afterAt, afterId] = cursor ? readListCursor(cursor, cursorSchema) : [null, null];
  const { rows } = await database().pool.query<Row>(
    `${SELECT} AND ($1::timestamptz IS NULL OR (d.decided_at, d.id) < ($1, $2::uuid)) AND ($4::text IS NULL OR d.state = $4)
     ORDER BY d.decided_at DESC, d.id DESC LIMIT $3`,
    [afterAt, afterId, limit + 1, state ?? null], // one more tells of a next page
  );
  const items = rows.slice(0, limit).map((row) => toDecision(row, now));
  const last = items.at(-1);
  return { items, nextCursor: last && rows.length > limit ? toCursor(last) : null };
}

const NONE: Outcome = { changed: 0, leftOut: {}, overtakenBy: [] };

function toDecision(row: Row, now: Date): TriageDecision {
  const undoUntil = (row.carried_out_at?.getTime() ?? 0) + UNDO_MINUTES * 60_000;
  return {
    id: row.id,
    act: triageActSchema.parse(row.act),
    filter: row.filter,
    state: row.state,
    madeBy: row.made_by,
    decidedAt: row.decided_at.toISOString(),
    total: row.total,
    done: row.done,
    outcome: row.outcome ?? NONE,
    undoUntil: row.state === "done" && undoUntil >= now.getTime() ? new Date(undoUntil).toISOString() : null,
    undo:
      row.undone_at && row.undone_by
        ? { by: row.undone_by, at: row.undone_at.toISOString(), outcome: row.undo_outcome ?? NONE }
        : null,
    review:
      row.reviewed_at && row.reviewed_by
        ? { by: row.reviewed_by, at: row.reviewed_at.toISOString(), reason: row.review_reason ?? "" }
        : null,
  };
}

function toCursor({ decidedAt, id }: TriageDecision): string {
  return toListCursor([decidedAt, id]);
}
