import { type Database, inTransaction, type Queryable } from "./database.ts";

export type Upload = {
  id: string;
  scanName: string;
  expiresAt: Date;
  isUploaded: boolean;
};

type UploadRow = { id: string; scan_name: string; expires_at: Date; uploaded_at: Date | null };

/** Announces an archive that may be uploaded until `expiresAt`. */
export async function createUpload(
  database: Queryable,
  upload: { id: string; scanName: string; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await database.query("INSERT INTO scanner.upload (id, scan_name, created_at, expires_at) VALUES ($1, $2, $3, $4)", [
    upload.id,
    upload.scanName,
    upload.createdAt,
    upload.expiresAt,
  ]);
}

/** The upload of that id, or null. */
export async function getUpload(database: Queryable, id: string): Promise<Upload | null> {
  const { rows } = await database.query<UploadRow>(
    "SELECT id, scan_name, expires_at, uploaded_at FROM scanner.upload WHERE id = $1",
    [id],
  );
  const row = rows[0];
  if (!row) return null;
  return { id: row.id, scanName: row.scan_name, expiresAt: row.expires_at, isUploaded: row.uploaded_at !== null };
}

/**
 * Records an archive as whole and puts it in place, once: of two uploads to one id the first to finish wins.
 * `place` runs while the row is locked and before it is committed, so a row that says uploaded has its file.
 * Returns whether this one won.
 */
export async function finishUpload(
  database: Database,
  upload: { id: string; sizeBytes: number; sha256: string; uploadedAt: Date },
  place: () => Promise<void>,
): Promise<boolean> {
  return inTransaction(database, async (transaction) => {
    const { rowCount } = await transaction.query(
      `UPDATE scanner.upload SET uploaded_at = $2, size_bytes = $3, sha256 = $4
       WHERE id = $1 AND uploaded_at IS NULL`,
      [upload.id, upload.uploadedAt, upload.sizeBytes, upload.sha256],
    );
    if (rowCount === 0) return false;
    await place();
    return true;
  });
}

/** Forgets uploads that no scan was made of, if they had to begin before an instant. */
export async function forgetUploads(database: Queryable, expiredBefore: Date): Promise<void> {
  await database.query(
    `DELETE FROM scanner.upload u
     WHERE expires_at < $1 AND NOT EXISTS (SELECT FROM scanner.run WHERE upload_id = u.id)`,
    [expiredBefore],
  );
}

/** Of these artifacts, the ones whose file is still wanted: waiting for a scan, or for its end. */
export async function listWantedUploads(database: Queryable, ids: string[]): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT u.id FROM scanner.upload u
     LEFT JOIN scanner.run r ON r.upload_id = u.id
     WHERE u.id = ANY($1::uuid[]) AND (r.id IS NULL OR r.state = 'InProgress')`,
    [ids],
  );
  return rows.map((row) => row.id);
}
