import { z } from "zod";
import type { HeldClose, SyncRun, SyncRunFilter, SyncRunPage } from "#lib/domain/sync-run.ts";
import { database } from "../database.ts";
import { type SyncRunRow, toSyncRun } from "../sync-run-row.ts";
import { readListCursor, toListCursor } from "./list-cursor.ts";

/** With what the list goes by. */
type RunRow = SyncRunRow & { created_at: Date };

const COLUMNS = `r.id, r.connection_id, c.source, c.region, r.mode, r.trigger, r.state, r.as_of, r.created_at,
  r.started_at, r.finished_at, r.counts, r.failure, r.is_sample`;

/** Passes, newest first. The cursor is the last one seen. */
export async function listSyncRuns(filter: SyncRunFilter): Promise<SyncRunPage> {
  const after = filter.cursor === undefined ? null : readListCursor(filter.cursor, cursorSchema);
  const { rows } = await database().pool.query<RunRow>(
    `SELECT ${COLUMNS} FROM sync_run r JOIN connection c ON c.id = r.connection_id
     WHERE ($1::uuid IS NULL OR r.connection_id = $1) AND ($2::text IS NULL OR r.state = $2)
       AND ($3::timestamptz IS NULL OR (r.created_at, r.id) < ($3, $4::uuid))
     ORDER BY r.created_at DESC, r.id DESC LIMIT $5`,
    [filter.connectionId ?? null, filter.state ?? null, after?.at ?? null, after?.id ?? null, filter.limit + 1],
  );
  const last = rows.length > filter.limit ? rows[filter.limit - 1] : undefined;
  return { items: rows.slice(0, filter.limit).map(toSyncRun), nextCursor: last ? toCursor(last) : null };
}

/** The runs with these ids, in the order they were queued. */
export async function listSyncRunsById(ids: string[]): Promise<SyncRun[]> {
  const { rows } = await database().pool.query<RunRow>(
    `SELECT ${COLUMNS} FROM sync_run r JOIN connection c ON c.id = r.connection_id
     WHERE r.id = ANY($1::uuid[]) ORDER BY r.created_at, r.id`,
    [ids],
  );
  return rows.map(toSyncRun);
}

/** Mass closes: those that wait for a person first, each newest first; at most 200. */
export async function listHeldCloses(): Promise<{ items: HeldClose[] }> {
  const { rows } = await database().pool.query<HeldRow>(
    `SELECT h.id, h.run_id, h.account_id, a.name AS account_name, h.region, h.source, h.active, h.would_close, h.state,
       h.created_at, h.decided_at, p.user_name AS decided_by
     FROM held_close h LEFT JOIN account a ON a.id = h.account_id LEFT JOIN person p ON p.id = h.decided_by
     ORDER BY h.state <> 'held', h.created_at DESC, h.id LIMIT 200`,
  );
  return { items: rows.map(toHeldClose) };
}

/** The ids of the mass closes of one run that wait for a decision. */
export async function listHeldClosesOf(runId: string): Promise<string[]> {
  const { rows } = await database().pool.query<{ id: string }>(
    "SELECT id FROM held_close WHERE run_id = $1 AND state = 'held' ORDER BY id",
    [runId],
  );
  return rows.map(({ id }) => id);
}

type HeldRow = {
  id: string;
  run_id: string;
  account_id: string;
  account_name: string | null;
  region: string;
  source: HeldClose["source"];
  active: number;
  would_close: number;
  state: HeldClose["state"];
  created_at: Date;
  decided_at: Date | null;
  decided_by: string | null;
};

function toHeldClose(row: HeldRow): HeldClose {
  return {
    id: row.id,
    syncRunId: row.run_id,
    accountId: row.account_id,
    accountName: row.account_name,
    region: row.region,
    source: row.source,
    active: row.active,
    wouldClose: row.would_close,
    state: row.state,
    createdAt: row.created_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    decidedBy: row.decided_by,
  };
}

const cursorSchema = z.object({ at: z.iso.datetime(), id: z.uuid() });

function toCursor(row: RunRow): string {
  return toListCursor({ at: row.created_at.toISOString(), id: row.id });
}
