import { AppError } from "#lib/domain/errors.ts";
import { UPLOAD_KEPT_MS, WRITER_SILENCE_MS } from "#lib/domain/upload.ts";
import { database, inTransaction } from "../database.ts";
import { insertScanRun } from "./scan-runs.ts";

/** So many unfinished uploads a person may have: each may take 5 GiB of the disk. */
const MOST_UNFINISHED = 5;

type UploadRequest = { name: string; personId: string; lengthBytes: number; metadata: string; now: Date };

/**
 * Makes the next revision of a scan as `uploading`, with what is announced of its archive. Throws AppError conflict
 * while the person has five uploads unfinished.
 */
export async function startUpload(request: UploadRequest): Promise<{ runId: string; expiresAt: Date }> {
  const { personId, lengthBytes, metadata, now } = request;
  const expiresAt = toExpiry(now);
  return await inTransaction(async (client) => {
    // One after the other, so that the count below holds.
    await client.query("SELECT FROM person WHERE id = $1 FOR NO KEY UPDATE", [personId]);
    const { rowCount } = await client.query(
      `SELECT FROM upload u JOIN scan_run r ON r.id = u.run_id
       WHERE r.created_by = $1 AND r.state = 'uploading' AND u.expires_at > $2`,
      [personId, now],
    );
    if ((rowCount ?? 0) >= MOST_UNFINISHED)
      throw new AppError(
        "conflict",
        `${MOST_UNFINISHED} of your uploads are unfinished. Finish one, or discard it, and send this one then.`,
      );
    const { runId } = await insertScanRun(client, request);
    await client.query("UPDATE scan_run SET total = $2 WHERE id = $1", [runId, lengthBytes]);
    await client.query(
      "INSERT INTO upload (run_id, length_bytes, metadata, written_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
      [runId, lengthBytes, metadata, now, expiresAt],
    );
    return { runId, expiresAt };
  });
}

/** Makes `writer` the one that brings this upload's bytes. Returns whether it is: nobody else may be at it. */
export async function claimUpload(upload: { runId: string; writer: string }, now: Date): Promise<boolean> {
  const silentSince = new Date(now.getTime() - WRITER_SILENCE_MS);
  const { rowCount } = await database().pool.query(
    `UPDATE upload u SET writer = $2, written_at = $3, expires_at = $4 FROM scan_run r
     WHERE u.run_id = $1 AND r.id = u.run_id AND r.state = 'uploading' AND u.expires_at > $3
       AND (u.writer IS NULL OR u.written_at <= $5)`,
    [upload.runId, upload.writer, now, toExpiry(now), silentSince],
  );
  return rowCount === 1;
}

/**
 * Notes how much has come in. Throws AppError conflict when the writer is it no more: another took over after a
 * silence, or the upload has ended.
 */
export async function saveReceived(
  upload: { runId: string; writer: string; receivedBytes: number },
  now: Date,
): Promise<void> {
  if (!(await noteReceived(upload, upload.writer, now)))
    throw new AppError("conflict", "This upload has ended, or another connection goes on with it.");
}

/** The same with the last that a writer brought; another may go on. Returns whether it was the writer until now. */
export async function releaseUpload(
  upload: { runId: string; writer: string; receivedBytes: number },
  now: Date,
): Promise<boolean> {
  return await noteReceived(upload, null, now);
}

async function noteReceived(
  upload: { runId: string; writer: string; receivedBytes: number },
  nextWriter: string | null,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await database().pool.query(
    `WITH mine AS (
       UPDATE upload SET writer = $3, written_at = $5, expires_at = $6 WHERE run_id = $1 AND writer = $2 RETURNING run_id
     )
     UPDATE scan_run SET done = $4, heartbeat_at = $5 WHERE id = (SELECT run_id FROM mine) AND state = 'uploading'`,
    [upload.runId, upload.writer, nextWriter, upload.receivedBytes, now, toExpiry(now)],
  );
  return rowCount === 1;
}

function toExpiry(lastByteAt: Date): Date {
  return new Date(lastByteAt.getTime() + UPLOAD_KEPT_MS);
}
