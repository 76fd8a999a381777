import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { type Database, inTransaction, type Queryable } from "./database.ts";
import type { ScanState } from "./read-runs.ts";
import { notifyRunner } from "./run-queue.ts";

export type NewRun = {
  scanName: string;
  uploadId: string;
  scanType: "Standard" | "Express";
  analysisType: "Security" | "All";
  tags: Record<string, string>;
  clientToken: string | null;
};

export type RefusalReason =
  | "no-upload"
  | "not-uploaded"
  | "already-scanned"
  | "token-reused"
  | "other-type"
  | "too-many-tags";
export type CreatedRun = { runId: string; state: ScanState };

/** A run cannot be created; nothing has changed. */
export class RunRefused extends Error {
  readonly reason: RefusalReason;
  /** The run that exists already, where that is why. */
  readonly runId: string | null;
  constructor(reason: RefusalReason, runId: string | null = null) {
    super(reason);
    this.reason = reason;
    this.runId = runId;
    this.name = new.target.name;
  }
}

export const MOST_TAGS = 200;

/**
 * Queues a run of the next revision of a scan, and the scan itself if it is the first. The same client token with the
 * same input returns the run that exists already. Throws RunRefused.
 */
export async function createRun(database: Database, input: NewRun, now: Date): Promise<CreatedRun> {
  return inTransaction(database, async (transaction) => {
    const inputSha256 = hashInput(input);
    const repeated = await findRepeated(transaction, input, inputSha256);
    if (repeated) return repeated;
    await requireUpload(transaction, input);
    const scan = await saveScan(transaction, input, now);
    if (scan.type !== input.scanType) throw new RunRefused("other-type");
    if (scan.tagCount > MOST_TAGS) throw new RunRefused("too-many-tags");
    const runId = uuidv7();
    await transaction.query(
      `INSERT INTO scanner.run (id, scan_id, upload_id, revision, analysis_type, client_token, input_sha256, created_at,
                                updated_at)
       SELECT $1, $2, $3, 1 + coalesce(max(revision), 0), $4, $5, $6, $7, $7 FROM scanner.run WHERE scan_id = $2`,
      [runId, scan.id, input.uploadId, input.analysisType, input.clientToken, inputSha256, now],
    );
    await notifyRunner(transaction, "queued");
    return { runId, state: "InProgress" };
  });
}

function hashInput({ clientToken: _, tags, ...input }: NewRun): string {
  const sortedTags = Object.entries(tags).sort();
  const values = [input.scanName, input.uploadId, input.scanType, input.analysisType, sortedTags];
  return createHash("sha256").update(JSON.stringify(values)).digest("hex");
}

async function findRepeated(transaction: Queryable, input: NewRun, inputSha256: string): Promise<CreatedRun | null> {
  if (input.clientToken === null) return null;
  // Two requests with one token at the same moment: the second waits here, and then finds what the first has made.
  await transaction.query("SELECT pg_advisory_xact_lock(hashtextextended('scanner-token:' || $1, 0))", [
    input.clientToken,
  ]);
  const { rows } = await transaction.query<{ id: string; state: ScanState; input_sha256: string }>(
    "SELECT id, state, input_sha256 FROM scanner.run WHERE client_token = $1",
    [input.clientToken],
  );
  const run = rows[0];
  if (!run) return null;
  if (run.input_sha256 !== inputSha256) throw new RunRefused("token-reused", run.id);
  return { runId: run.id, state: run.state };
}

async function requireUpload(transaction: Queryable, input: NewRun): Promise<void> {
  const { rows } = await transaction.query<{ uploaded_at: Date | null; is_scanned: boolean }>(
    `SELECT uploaded_at, EXISTS (SELECT FROM scanner.run WHERE upload_id = u.id) AS is_scanned
     FROM scanner.upload u WHERE id = $1 AND scan_name = $2 FOR UPDATE`,
    [input.uploadId, input.scanName],
  );
  const upload = rows[0];
  if (!upload) throw new RunRefused("no-upload");
  if (upload.uploaded_at === null) throw new RunRefused("not-uploaded");
  if (upload.is_scanned) throw new RunRefused("already-scanned");
}

/** Creates or locks the scan, so that its revisions are numbered one after the other. */
async function saveScan(
  transaction: Queryable,
  input: NewRun,
  now: Date,
): Promise<{ id: string; type: string; tagCount: number }> {
  const { rows } = await transaction.query<{ id: string; type: string; tagCount: number }>(
    `INSERT INTO scanner.scan AS s (id, name, scan_type, tags, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (name) DO UPDATE SET tags = s.tags || excluded.tags
     RETURNING id, scan_type AS type, (SELECT count(*)::integer FROM jsonb_object_keys(tags)) AS "tagCount"`,
    [uuidv7(), input.scanName, input.scanType, JSON.stringify(input.tags), now],
  );
  const scan = rows[0];
  if (!scan) throw new Error("An upsert returned no row");
  return scan;
}
