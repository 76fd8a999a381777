import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import type { SourceName } from "#lib/domain/finding.ts";
import type { SyncCounts, SyncFailure, SyncMode, SyncRun, SyncRunState } from "#lib/domain/sync-run.ts";
import { database, inTransaction } from "../database.ts";
import { newId } from "../identity.ts";
import { type SyncRunRow, toSyncRun } from "../sync-run-row.ts";
import { saveCompletedPass } from "./scopes.ts";
import type { SyncPass } from "./sync-pass.ts";

export type { SyncPass } from "./sync-pass.ts";

export type SyncRunRequest = {
  connectionId: string;
  mode: SyncMode;
  trigger: SyncRun["trigger"];
  now: Date;
  requestedBy: string | null;
  /** The run was queued under this id, or is being started again by the same job. */
  runId?: string;
};

/** What changed shortly before the last pass may have been listed late. */
const OVERLAP_MS = 10 * 60_000;
/** A run that has not shown a sign of life for so long is dead. */
const STALE_AFTER = "2 minutes";

/**
 * Starts a run. An incremental pass reads from the connection's last pass less 10 minutes; with none before it is whole.
 * An earlier run of the connection that shows no sign of life is marked interrupted. A run that is started again by its
 * own id takes over from the attempt before.
 * Throws AppError: `not-found` without such a connection, `conflict` when it is disconnected, when another run is
 * alive, or when the run has ended.
 */
export async function startSyncRun(request: SyncRunRequest): Promise<SyncPass> {
  return await inTransaction(async (client) => {
    const connection = await lockConnection(client, request.connectionId);
    await endStaleRuns(client, request);
    const since = sinceOf(request.mode, connection.last_pass_at);
    const mode: SyncMode = since === null ? "whole" : "incremental";
    const runId = request.runId ?? newId();
    const { rows } = await client.query<{ attempt: number }>(
      `INSERT INTO sync_run AS r (id, connection_id, mode, trigger, state, attempt, as_of, since, started_at,
         heartbeat_at, counts, requested_by, is_sample)
       VALUES ($1, $2, $3, $4, 'running', 1, $5, $6, clock_timestamp(), clock_timestamp(), $7, $8, $9)
       ON CONFLICT (id) DO UPDATE SET mode = EXCLUDED.mode, state = 'running', attempt = r.attempt + 1,
         as_of = EXCLUDED.as_of, since = EXCLUDED.since, started_at = EXCLUDED.started_at,
         heartbeat_at = EXCLUDED.heartbeat_at, counts = EXCLUDED.counts
       WHERE r.connection_id = EXCLUDED.connection_id AND r.state IN ('queued', 'running')
       RETURNING attempt`,
      [
        runId,
        request.connectionId,
        mode,
        request.trigger,
        request.now,
        since,
        noCounts(),
        request.requestedBy,
        connection.is_sample,
      ],
    );
    const [run] = rows;
    if (!run) throw new AppError("conflict", "This sync run has ended; start another one.");
    return {
      runId,
      attempt: run.attempt,
      connection: {
        id: connection.id,
        number: connection.number,
        source: connection.source,
        isSample: connection.is_sample,
      },
      mode,
      since,
      now: request.now,
      counts: noCounts(),
      seenKeys: new Map(),
      seenCoverage: new Set(),
      heldScopes: null,
    };
  });
}

/** Shows that the run is alive and how far it is. Call it at least once a minute while nothing is being saved. */
export async function beatSyncRun(pass: SyncPass): Promise<void> {
  await database().pool.query(
    "UPDATE sync_run SET heartbeat_at = clock_timestamp(), counts = $3 WHERE id = $1 AND attempt = $2 AND state = 'running'",
    [pass.runId, pass.attempt, pass.counts],
  );
}

/**
 * Ends a pass that read everything it set out to: `succeeded`, or `held` when a mass close waits for a person.
 * Records for every scope of the connection that it was read: as a whole only once what was unseen has been closed. Throws AppError `conflict` when the run was taken over.
 */
export async function finishSyncRun(pass: SyncPass): Promise<SyncRun> {
  return await inTransaction(async (client) => {
    // In the same order as a start: the connection, then its runs.
    await client.query("SELECT 1 FROM connection WHERE id = $1 FOR NO KEY UPDATE", [pass.connection.id]);
    const run = await endSyncRun(client, pass, pass.heldScopes ? "held" : "succeeded", null);
    await saveCompletedPass(client, pass);
    return run;
  });
}

/**
 * Ends a pass that broke off: `cancelled`, `partial` when it had saved something, else `failed`. It closes nothing, and
 * the next pass begins where this one did. Throws AppError `conflict` when the run was taken over.
 */
export async function failSyncRun(pass: SyncPass, failure: SyncFailure): Promise<SyncRun> {
  const broken = pass.counts.observed > 0 ? "partial" : "failed";
  const state = failure.code === "cancelled" ? "cancelled" : broken;
  return await inTransaction(async (client) => {
    await client.query("UPDATE connection SET failure = $2 WHERE id = $1", [pass.connection.id, failure]);
    return await endSyncRun(client, pass, state, failure);
  });
}

async function endSyncRun(
  client: pg.ClientBase,
  pass: SyncPass,
  state: SyncRunState,
  failure: SyncFailure | null,
): Promise<SyncRun> {
  const { rows } = await client.query<SyncRunRow>(
    `UPDATE sync_run AS r
     SET state = $3, failure = $4, counts = $5, finished_at = clock_timestamp(), heartbeat_at = clock_timestamp()
     FROM connection AS c
     WHERE r.id = $1 AND r.attempt = $2 AND r.state = 'running' AND c.id = r.connection_id
     RETURNING r.*, c.source, c.region`,
    [pass.runId, pass.attempt, state, failure, pass.counts],
  );
  const [row] = rows;
  if (!row) throw new AppError("conflict", "This sync run was ended or taken over by another.");
  return toSyncRun(row);
}

type ConnectionRow = {
  id: string;
  number: number;
  source: SourceName;
  is_sample: boolean;
  last_pass_at: Date | null;
  disconnected_at: Date | null;
};

/** The lock makes two starts of one connection wait for each other. */
async function lockConnection(client: pg.ClientBase, id: string): Promise<ConnectionRow> {
  const { rows } = await client.query<ConnectionRow>(
    `SELECT id, number, source, is_sample, disconnected_at,
       (SELECT max(as_of) FROM sync_run r WHERE r.connection_id = c.id AND r.state IN ('succeeded', 'held')) AS last_pass_at
     FROM connection c WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  const [connection] = rows;
  if (!connection) throw new AppError("not-found", "There is no such connection.");
  if (connection.disconnected_at) throw new AppError("conflict", "This connection was disconnected.");
  return connection;
}

async function endStaleRuns(client: pg.ClientBase, { connectionId, runId, trigger }: SyncRunRequest): Promise<void> {
  const failure: SyncFailure = { code: "interrupted", message: "The pass was interrupted.", permission: null };
  await client.query(
    `UPDATE sync_run SET state = 'failed', failure = $2, finished_at = clock_timestamp()
     WHERE connection_id = $1 AND state = 'running' AND id IS DISTINCT FROM $3
       AND heartbeat_at < clock_timestamp() - $4::interval`,
    [connectionId, failure, runId ?? null, STALE_AFTER],
  );
  // Scans come in side by side, each of what it alone reports.
  if (trigger === "scan") return;
  const { rowCount } = await client.query(
    "SELECT 1 FROM sync_run WHERE connection_id = $1 AND state = 'running' AND id IS DISTINCT FROM $2",
    [connectionId, runId ?? null],
  );
  if (rowCount) throw new AppError("conflict", "A sync of this connection is running already.");
}

function sinceOf(mode: SyncMode, lastPassAt: Date | null): Date | null {
  if (mode === "whole" || lastPassAt === null) return null;
  return new Date(lastPassAt.getTime() - OVERLAP_MS);
}

function noCounts(): SyncCounts {
  return { pages: 0, observed: 0, opened: 0, changed: 0, closed: 0, reopened: 0, unchanged: 0, throttles: 0 };
}
