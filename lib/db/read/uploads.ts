import { AppError } from "#lib/domain/errors.ts";
import type { ScanRunState } from "#lib/domain/scan.ts";
import { type Upload, type UploadList, WRITER_SILENCE_MS } from "#lib/domain/upload.ts";
import { toUploadMetadata } from "#lib/domain/upload-metadata.ts";
import { database } from "../database.ts";

/** What is known of a resumable upload, unfinished or not. */
export type UploadRecord = {
  runId: string;
  name: string;
  userName: string;
  state: ScanRunState;
  receivedBytes: number; // as it was last noted, at most some seconds ago
  lengthBytes: number;
  isWhole: boolean; // it came in, whatever became of the run then
  isReceiving: boolean;
  writer: string | null;
  metadata: string;
  createdAt: Date;
  expiresAt: Date;
};

// $1 = the instant before which the last byte counts as silence. No file has more bytes than a double tells exactly.
const UPLOADS = `SELECT r.id AS "runId", r.scan_name AS name, p.user_name AS "userName", r.state,
    r.done::float8 AS "receivedBytes", u.length_bytes::float8 AS "lengthBytes", r.sha256 IS NOT NULL AS "isWhole",
    u.writer IS NOT NULL AND u.written_at > $1 AS "isReceiving", u.writer, u.metadata,
    r.created_at AS "createdAt", u.expires_at AS "expiresAt"
  FROM upload u JOIN scan_run r ON r.id = u.run_id JOIN person p ON p.id = r.created_by`;

const MOST_LISTED = 100;

/** A person's unfinished uploads, the newest first. */
export async function listUploads(personId: string, now: Date): Promise<UploadList> {
  const { rows } = await database().pool.query<UploadRecord>(
    `${UPLOADS} WHERE r.state = 'uploading' AND r.created_by = $2 AND u.expires_at > $3 ORDER BY r.id DESC LIMIT $4`,
    [silentSince(now), personId, now, MOST_LISTED],
  );
  return { items: rows.map(toUpload) };
}

/** One upload of a person's. Throws AppError not-found, also when it is another person's. */
export async function getUpload(upload: { runId: string; personId: string }, now: Date): Promise<UploadRecord> {
  const { rows } = await database().pool.query<UploadRecord>(
    `${UPLOADS} WHERE r.id = $2::uuid AND r.created_by = $3::uuid`,
    [silentSince(now), upload.runId, upload.personId],
  );
  const [found] = rows;
  if (!found) throw new AppError("not-found", "There is no such upload.");
  return found;
}

/** Whose run it is, while its archive comes in, in one request or in parts; else null. */
export async function findUploadingRun(run: {
  name: string;
  runId: string;
}): Promise<{ runId: string; userName: string } | null> {
  const { rows } = await database().pool.query<{ runId: string; userName: string }>(
    `SELECT r.id AS "runId", p.user_name AS "userName" FROM scan_run r JOIN person p ON p.id = r.created_by
     WHERE r.id = $1::uuid AND r.scan_name = $2 AND r.state = 'uploading'`,
    [run.runId, run.name],
  );
  return rows[0] ?? null;
}

/** Whether a run's archive came in whole, whatever became of the run then. */
export async function hasArrived(runId: string): Promise<boolean> {
  const { rowCount } = await database().pool.query("SELECT FROM scan_run WHERE id = $1 AND sha256 IS NOT NULL", [
    runId,
  ]);
  return rowCount === 1;
}

/** Whether a run has ended before its archive came in whole. */
export async function isGivenUp(runId: string): Promise<boolean> {
  const { rowCount } = await database().pool.query(
    "SELECT FROM scan_run WHERE id = $1 AND state IN ('failed', 'cancelled') AND sha256 IS NULL",
    [runId],
  );
  return rowCount === 1;
}

/**
 * Unfinished uploads about which something is to be done, the oldest first: they have expired, their last byte is in, or
 * whoever wrote to them fell silent without a word.
 */
export async function listUnsettledUploads(now: Date): Promise<UploadRecord[]> {
  const { rows } = await database().pool.query<UploadRecord>(
    `${UPLOADS} WHERE r.state = 'uploading' AND (u.writer IS NULL OR u.written_at <= $1)
       AND (u.expires_at <= $2 OR r.done = u.length_bytes OR u.writer IS NOT NULL) ORDER BY r.id LIMIT $3`,
    [silentSince(now), now, MOST_LISTED],
  );
  return rows;
}

function silentSince(now: Date): Date {
  return new Date(now.getTime() - WRITER_SILENCE_MS);
}

/** The same as its sender sees it. */
export function toUpload(record: UploadRecord): Upload {
  const { runId, name, receivedBytes, lengthBytes, isReceiving, metadata, createdAt, expiresAt } = record;
  const told = toUploadMetadata(metadata);
  return {
    runId,
    name,
    fileName: told?.get("filename") ?? null,
    fingerprint: told?.get("fingerprint") ?? null,
    lengthBytes,
    receivedBytes,
    isReceiving,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
