import type pg from "pg";
import { v7 as uuidv7 } from "uuid";
import { AppError } from "#lib/domain/errors.ts";
import type { ScanFailure, ScanRun, ScanRunState, ScanSource, SkippedFile } from "#lib/domain/scan.ts";
import { database, inTransaction } from "../database.ts";

const ENDED: ScanRunState[] = ["succeeded", "failed", "cancelled"];
/** Of a run that has shown no sign of life for so long nobody knows whether it will go on; no other waits for it. */
const SILENT_AFTER = "15 minutes";

/**
 * Makes the scan if it is new or was deleted, and its next revision as `uploading`: the run exists before the first byte.
 */
export async function startScanRun(request: ScanRunRequest): Promise<{ runId: string; revision: number }> {
  return inTransaction((client) => insertScanRun(client, request));
}

/** `source`: what the scan's revisions are, archives unless it says that they are reports. */
type ScanRunRequest = { name: string; personId: string; now: Date; source?: ScanSource };

/** The same inside a transaction that does more. Throws AppError conflict for a name whose revisions are of the other kind. */
export async function insertScanRun(
  client: pg.ClientBase,
  request: ScanRunRequest,
): Promise<{ runId: string; revision: number }> {
  const runId = uuidv7();
  const { name, personId, now, source = "codeguru" } = request;
  const { rows: scans } = await client.query<{ source: ScanSource }>(
    // The scan's row, locked also where nothing of it changes, serialises its revisions.
    `INSERT INTO scan AS s (name, owner_id, created_at, source) VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO UPDATE
     SET deleted_at = NULL, owner_id = CASE WHEN s.deleted_at IS NULL THEN s.owner_id ELSE EXCLUDED.owner_id END,
       source = CASE WHEN s.deleted_at IS NULL THEN s.source ELSE EXCLUDED.source END
     RETURNING source`,
    [name, personId, now, source],
  );
  if (scans[0]?.source !== source) throw new AppError("conflict", OF_OTHER_KIND[source]);
  const { rows } = await client.query<{ revision: number }>(
    `INSERT INTO scan_run (id, scan_name, revision, state, created_by, created_at)
     SELECT $1::uuid, $2::varchar, coalesce(max(revision), 0) + 1, 'uploading', $3::uuid, $4::timestamptz FROM scan_run WHERE scan_name = $2
     RETURNING revision`,
    [runId, name, personId, now],
  );
  return { runId, revision: rows[0]?.revision ?? 1 };
}

const OF_OTHER_KIND: Record<ScanSource, string> = {
  codeguru: "This name holds imported reports. Give the archive another name.",
  sarif: "This name holds scans of source code. Give the report another name.",
};

/**
 * The upload is complete: the run waits for the worker. `enqueue` runs in the same transaction. Throws AppError conflict
 * when the run does not wait for an upload any more.
 */
export async function queueScanRun(
  run: { runId: string; storageKey: string; sizeBytes: number; sha256: string },
  enqueue: (client: pg.PoolClient) => Promise<void>,
): Promise<void> {
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE scan_run SET state = 'queued', storage_key = $2, size_bytes = $3, sha256 = $4, done = 0, total = NULL
       WHERE id = $1 AND state = 'uploading'`,
      [run.runId, run.storageKey, run.sizeBytes, run.sha256],
    );
    if (rowCount === 0) throw new AppError("conflict", "The upload was given up before it was whole. Send it again.");
    await enqueue(client);
  });
}

/** What the worker needs to know of a run. Throws AppError not-found. */
export async function takeScanRun(
  runId: string,
  now: Date,
): Promise<{
  name: string;
  revision: number;
  state: ScanRunState;
  storageKey: string | null;
  sizeBytes: number;
  wireRunId: string | null;
  syncRunId: string | null;
  isCancelAsked: boolean;
  createdAt: Date;
}> {
  const row = await database().prisma.scanRun.findUnique({ where: { id: runId } });
  if (!row) throw new AppError("not-found", "The scan run is gone.");
  await database().prisma.scanRun.update({ where: { id: runId }, data: { heartbeatAt: now } });
  return {
    name: row.scanName,
    revision: row.revision,
    state: row.state as ScanRunState, // only this file writes the column
    storageKey: row.storageKey,
    sizeBytes: Number(row.sizeBytes ?? 0),
    wireRunId: row.wireRunId,
    syncRunId: row.syncRunId,
    isCancelAsked: row.cancelAskedAt !== null,
    createdAt: row.createdAt,
  };
}

/**
 * Lets a queued run begin, as `scanning`, when it is its name's turn: no earlier revision waits before it, and no other
 * has begun and not ended. The scanner tells a name's findings as its last run left them, so that two at once would each
 * be told of the other's. Returns false, and notes that the run waits, when it is not.
 */
export async function takeTurn(runId: string, now: Date): Promise<boolean> {
  return await inTransaction(async (client) => {
    // Two that ask at once come one after the other.
    await client.query(
      "SELECT FROM scan WHERE name = (SELECT scan_name FROM scan_run WHERE id = $1) FOR NO KEY UPDATE",
      [runId],
    );
    const { rowCount } = await client.query(
      `UPDATE scan_run r SET state = 'scanning', stage = 'sending', heartbeat_at = $2
       WHERE id = $1 AND NOT EXISTS (
         SELECT FROM scan_run o WHERE o.scan_name = r.scan_name AND o.id <> r.id
           AND (o.state IN ('scanning', 'importing') OR (o.state = 'queued' AND o.revision < r.revision))
           AND coalesce(o.heartbeat_at, o.created_at) > $2::timestamptz - $3::interval)`,
      [runId, now, SILENT_AFTER],
    );
    if (rowCount === 1) return true;
    await client.query("UPDATE scan_run SET stage = 'waiting-for-turn' WHERE id = $1", [runId]);
    return false;
  });
}

type Progress = {
  state?: ScanRunState;
  stage?: string | null;
  done?: number;
  total?: number | null;
  wireRunId?: string;
  syncRunId?: string;
  skippedFiles?: SkippedFile[];
};

/** Notes how far a run is; a run that has ended stays as it ended. */
export async function saveScanProgress(runId: string, progress: Progress, now: Date): Promise<void> {
  await database().prisma.scanRun.updateMany({
    where: { id: runId, state: { notIn: ENDED } },
    data: { ...progress, heartbeatAt: now },
  });
}

/** The archive is not needed any more. */
export async function forgetArchive(runId: string): Promise<void> {
  await database().prisma.scanRun.update({ where: { id: runId }, data: { storageKey: null } });
}

export async function finishScanRun(runId: string, counts: NonNullable<ScanRun["counts"]>, now: Date): Promise<void> {
  await database().prisma.scanRun.updateMany({
    where: { id: runId, state: { notIn: ENDED } },
    data: { state: "succeeded", stage: null, counts, finishedAt: now },
  });
}

/** Ends a run without a result; `cancelled` when a person asked for it. */
export async function failScanRun(runId: string, failure: ScanFailure, now: Date): Promise<void> {
  await database().prisma.scanRun.updateMany({
    where: { id: runId, state: { notIn: ENDED } },
    data: { state: failure.code === "cancelled" ? "cancelled" : "failed", failure, finishedAt: now },
  });
}

/** A run that waits is cancelled at once, one that runs is asked to stop. Throws AppError conflict when it has ended. */
export async function askToCancel(run: { name: string; runId: string }, now: Date): Promise<void> {
  const where = { id: run.runId, scanName: run.name, state: { notIn: ENDED } };
  const { count } = await database().prisma.scanRun.updateMany({ where, data: { cancelAskedAt: now } });
  if (count === 0) throw new AppError("conflict", "The run has ended; there is nothing to cancel.");
}

/** Puts a failed run whose archive is kept back in the queue. Throws AppError conflict when it cannot be retried. */
export async function requeueScanRun(
  run: { name: string; runId: string },
  enqueue: (client: pg.PoolClient) => Promise<void>,
): Promise<void> {
  await inTransaction(async (client) => {
    // A deletion that is under way is waited for.
    await client.query("SELECT 1 FROM scan WHERE name = $1 FOR SHARE", [run.name]);
    const { rowCount } = await client.query(
      `UPDATE scan_run SET state = 'queued', failure = NULL, finished_at = NULL, wire_run_id = NULL, sync_run_id = NULL, cancel_asked_at = NULL, done = 0, total = NULL
       WHERE id = $1 AND scan_name = $2 AND state IN ('failed', 'cancelled') AND storage_key IS NOT NULL
         AND EXISTS (SELECT 1 FROM scan WHERE name = $2 AND deleted_at IS NULL)`,
      [run.runId, run.name],
    );
    if (rowCount === 0)
      throw new AppError(
        "conflict",
        "The run cannot be retried: it has not failed, or its archive is gone. Upload it again.",
      );
    await enqueue(client);
  });
}

/**
 * Hands over each run whose archive is here, that has not ended, and that has shown no sign of life since `silentSince`,
 * so that a job stands for it again. `enqueue` runs in the same transaction.
 */
export async function requeueSilentRuns(
  silentSince: Date,
  enqueue: (client: pg.PoolClient, runId: string) => Promise<void>,
): Promise<void> {
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT r.id FROM scan_run r JOIN scan s ON s.name = r.scan_name
       WHERE r.state IN ('queued', 'scanning', 'importing') AND s.source = 'codeguru'
         AND coalesce(r.heartbeat_at, r.created_at) < $1`,
      [silentSince],
    );
    for (const { id } of rows) await enqueue(client, id);
  });
}
