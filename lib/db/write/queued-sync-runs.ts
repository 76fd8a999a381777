import type pg from "pg";
import { v7 as uuidv7 } from "uuid";
import { AppError } from "#lib/domain/errors.ts";
import type { SyncMode, SyncRun } from "#lib/domain/sync-run.ts";
import { syncConnectionJob } from "#lib/jobs/sync-connection.ts";
import { inTransaction } from "../database.ts";

type Request = { trigger: SyncRun["trigger"]; requestedBy: string | null; mode: SyncMode | null; now: Date };
type DueConnection = { id: string; is_sample: boolean; whole_is_due: boolean };

const NO_COUNTS = { pages: 0, observed: 0, opened: 0, changed: 0, closed: 0, reopened: 0, unchanged: 0, throttles: 0 };

const COLUMNS = `id, is_sample, is_whole_due OR NOT EXISTS (
    SELECT 1 FROM sync_run r WHERE r.connection_id = connection.id AND r.mode = 'whole' AND r.state IN ('succeeded', 'held')
      AND r.as_of > $1::timestamptz - make_interval(mins => whole_every_minutes)) AS whole_is_due`;

/**
 * Queues a pass of one connection, or of every one that is connected; each run and its job are one transaction.
 * Returns the runs that stand for them: one that waits or runs already is not queued again. Throws AppError not-found.
 */
export async function queueSyncRuns(connectionId: string | null, request: Request): Promise<string[]> {
  return await inTransaction(async (client) => {
    const { rows } = await client.query<DueConnection>(
      `SELECT ${COLUMNS} FROM connection
       WHERE source = 'inspector' AND disconnected_at IS NULL AND next_run_at IS NOT NULL
         AND ($2::uuid IS NULL OR id = $2) ORDER BY id FOR UPDATE`,
      [request.now, connectionId],
    );
    if (rows.length === 0 && connectionId !== null) {
      throw new AppError("not-found", "No connection has this id, or it is not read on demand.");
    }
    return await queueEach(client, rows, request);
  });
}

/** Queues a pass of every connection whose time has come. Several workers may ask at once: each is queued once. */
export async function queueDueSyncRuns(now: Date): Promise<string[]> {
  return await inTransaction(async (client) => {
    const { rows } = await client.query<DueConnection>(
      `SELECT ${COLUMNS} FROM connection
       WHERE source = 'inspector' AND disconnected_at IS NULL AND next_run_at <= $1
       ORDER BY id FOR UPDATE SKIP LOCKED`,
      [now],
    );
    return await queueEach(client, rows, { trigger: "schedule", requestedBy: null, mode: null, now });
  });
}

async function queueEach(client: pg.PoolClient, connections: DueConnection[], request: Request): Promise<string[]> {
  const runIds: string[] = [];
  for (const connection of connections) {
    runIds.push((await waitingRun(client, connection.id)) ?? (await queueRun(client, connection, request)));
    await client.query(
      "UPDATE connection SET next_run_at = $2::timestamptz + make_interval(mins => incremental_every_minutes) WHERE id = $1",
      [connection.id, request.now],
    );
  }
  return runIds;
}

/** A run whose worker died is not waited for: its heart has stopped. */
async function waitingRun(client: pg.PoolClient, connectionId: string): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM sync_run WHERE connection_id = $1
       AND (state = 'queued' OR (state = 'running' AND heartbeat_at > clock_timestamp() - interval '2 minutes'))
     ORDER BY created_at DESC LIMIT 1`,
    [connectionId],
  );
  return rows[0]?.id;
}

async function queueRun(client: pg.PoolClient, connection: DueConnection, request: Request): Promise<string> {
  const runId = uuidv7();
  const mode = request.mode ?? (connection.whole_is_due ? "whole" : "incremental");
  await client.query(
    `INSERT INTO sync_run (id, connection_id, mode, trigger, state, as_of, created_at, counts, requested_by, is_sample)
     VALUES ($1, $2, $3, $4, 'queued', $5, $5, $6, $7, $8)`,
    [runId, connection.id, mode, request.trigger, request.now, NO_COUNTS, request.requestedBy, connection.is_sample],
  );
  await syncConnectionJob.send(client, { connectionId: connection.id, runId });
  return runId;
}
