import type { SkippedFile } from "../engine/engine-finding.ts";
import type { Queryable } from "./database.ts";

export type ScanState = "InProgress" | "Successful" | "Failed";
export type Run = {
  id: string;
  scanName: string;
  scanType: "Standard" | "Express";
  analysisType: string;
  revision: number;
  state: ScanState;
  stage: string;
  done: number;
  total: number;
  errorCode: string | null;
  errorMessage: string | null;
  skippedFileCount: number;
  skippedFiles: SkippedFile[];
  createdAt: Date;
  updatedAt: Date;
};
export type ScanSummary = {
  scanId: string;
  scanName: string;
  runId: string;
  state: ScanState;
  createdAt: Date;
  updatedAt: Date;
};

/** One run of a scan, the latest if `runId` is null; null if there is none. */
export async function getRun(database: Queryable, scanName: string, runId: string | null): Promise<Run | null> {
  const { rows } = await database.query<Run>(
    `SELECT r.id, s.name AS "scanName", s.scan_type AS "scanType", r.analysis_type AS "analysisType", r.revision,
            r.state, r.stage, r.done, r.total, r.error_code AS "errorCode", r.error_message AS "errorMessage",
            r.skipped_file_count AS "skippedFileCount", r.skipped_files AS "skippedFiles",
            r.created_at AS "createdAt", r.updated_at AS "updatedAt"
     FROM scanner.scan s JOIN scanner.run r ON r.scan_id = s.id
     WHERE s.name = $1 AND ($2::uuid IS NULL OR r.id = $2)
     ORDER BY r.revision DESC LIMIT 1`,
    [scanName, runId],
  );
  return rows[0] ?? null;
}

/** Standard scans with their latest run, newest scan first, from after `afterScanId`. */
export async function listScans(
  database: Queryable,
  { afterScanId, limit }: { afterScanId: string | null; limit: number },
): Promise<ScanSummary[]> {
  const { rows } = await database.query<ScanSummary>(
    `SELECT s.id AS "scanId", s.name AS "scanName", r.id AS "runId", r.state, s.created_at AS "createdAt",
            r.updated_at AS "updatedAt"
     FROM scanner.scan s
     CROSS JOIN LATERAL (
       SELECT id, state, updated_at FROM scanner.run WHERE scan_id = s.id ORDER BY revision DESC LIMIT 1) r
     WHERE s.scan_type = 'Standard' AND ($1::uuid IS NULL OR s.id < $1)
     ORDER BY s.id DESC LIMIT $2`,
    [afterScanId, limit],
  );
  return rows;
}
