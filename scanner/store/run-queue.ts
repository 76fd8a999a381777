import type { ScanProgress, ScanResult, SkippedFile } from "../engine/engine-finding.ts";
import { type Database, inTransaction, type Queryable } from "./database.ts";
import { saveFindings } from "./save-findings.ts";
import { toStorable } from "./storable-text.ts";

/** The channel on which runners hear of new work and of cancelled runs. */
export const RUNNER_CHANNEL = "scanner_run";

/** A run as its runner holds it. `attempt` is the fence: with an older one nothing can be written. */
export type ClaimedRun = { id: string; scanId: string; scanName: string; uploadId: string; attempt: number };
export type RunFailure = { code: string; message: string };

/** How often a run may be started: once, and once more after it was interrupted. */
const MOST_ATTEMPTS = 2;
const MOST_SKIPPED_FILES = 1000;

/** Tells every runner, when the transaction commits: `queued`, or the id of a run that was cancelled. */
export async function notifyRunner(database: Queryable, message: string): Promise<void> {
  await database.query("SELECT pg_notify($1, $2)", [RUNNER_CHANNEL, message]);
}

/**
 * Takes the oldest run that nobody holds, or null. The hold is a lock of the session `connection`: when its process
 * dies in any way, PostgreSQL frees the run, and the next claim takes it again. Revisions of one scan run in order.
 */
export async function claimRun(connection: Queryable, now: Date): Promise<ClaimedRun | null> {
  const { rows } = await connection.query<{ id: string }>(
    `SELECT id FROM scanner.run r
     WHERE state = 'InProgress' AND NOT EXISTS (
       SELECT FROM scanner.run e
       WHERE e.scan_id = r.scan_id AND e.state = 'InProgress' AND e.revision < r.revision)
     ORDER BY created_at, id LIMIT 100`,
  );
  for (const { id } of rows) {
    if (!(await holdRun(connection, id))) continue;
    const run = await startRun(connection, id, now);
    if (run) return run;
    await freeRun(connection, id);
  }
  return null;
}

async function holdRun(connection: Queryable, id: string): Promise<boolean> {
  const { rows } = await connection.query<{ held: boolean }>(
    "SELECT pg_try_advisory_lock(hashtextextended('scanner-run:' || $1, 0)) AS held",
    [id],
  );
  return rows[0]?.held ?? false;
}

/** Ends the hold that `claimRun` took. */
export async function freeRun(connection: Queryable, id: string): Promise<void> {
  await connection.query("SELECT pg_advisory_unlock(hashtextextended('scanner-run:' || $1, 0))", [id]);
}

async function startRun(connection: Queryable, id: string, now: Date): Promise<ClaimedRun | null> {
  const { rows } = await connection.query<ClaimedRun>(
    `UPDATE scanner.run r
     SET attempts = attempts + 1, stage = 'reading', done = 0, total = 0, updated_at = $2
     FROM scanner.scan s
     WHERE r.id = $1 AND s.id = r.scan_id AND r.state = 'InProgress'
     RETURNING r.id, r.scan_id AS "scanId", s.name AS "scanName", r.upload_id AS "uploadId", r.attempts AS attempt`,
    [id, now],
  );
  return rows[0] ?? null;
}

/** Whether the run was interrupted as often as it may be, and must fail instead of starting again. */
export function isSpent(run: ClaimedRun): boolean {
  return run.attempt > MOST_ATTEMPTS;
}

/** Gives a run back unfinished, as if it had not been started: a clean stop is no interruption. */
export async function releaseRun(database: Queryable, run: ClaimedRun): Promise<void> {
  await database.query(
    `UPDATE scanner.run SET attempts = attempts - 1, stage = 'queued', done = 0, total = 0
     WHERE id = $1 AND attempts = $2 AND state = 'InProgress'`,
    [run.id, run.attempt],
  );
}

export async function saveProgress(database: Queryable, run: ClaimedRun, progress: ScanProgress): Promise<void> {
  await database.query(
    `UPDATE scanner.run SET stage = $3, done = $4, total = $5
     WHERE id = $1 AND attempts = $2 AND state = 'InProgress'`,
    [run.id, run.attempt, progress.stage, progress.done, progress.total],
  );
}

/**
 * Ends a run with its result, findings and all, in one transaction. Writes nothing and returns false when the run is
 * no longer this runner's: cancelled, or taken over.
 */
export async function finishRun(database: Database, run: ClaimedRun, result: ScanResult, now: Date): Promise<boolean> {
  return inTransaction(database, async (transaction) => {
    // The scan first: what a scan's findings are is decided by one run at a time.
    await transaction.query("SELECT FROM scanner.scan WHERE id = $1 FOR UPDATE", [run.scanId]);
    const { rowCount } = await transaction.query(
      `UPDATE scanner.run
       SET state = 'Successful', stage = 'finished', done = $3, total = $3, files_scanned = $3, lines_scanned = $4,
           languages = $5, skipped_file_count = $6, skipped_files = $7, updated_at = $8, finished_at = $8
       WHERE id = $1 AND attempts = $2 AND state = 'InProgress'`,
      [
        run.id,
        run.attempt,
        result.filesScanned,
        result.linesScanned,
        JSON.stringify(result.languages),
        result.skippedFiles.length,
        JSON.stringify(toStorable(mostTelling(result.skippedFiles))),
        now,
      ],
    );
    if (rowCount === 0) return false;
    await saveFindings(transaction, { ...run, endedAt: now }, result.findings);
    return true;
  });
}

/** Ends a run without a result: its scan's findings stay as they are. Returns false as `finishRun` does. */
export async function failRun(database: Queryable, run: ClaimedRun, failure: RunFailure, now: Date): Promise<boolean> {
  const { code, message } = toStorable(failure);
  const { rowCount } = await database.query(
    `UPDATE scanner.run
     SET state = 'Failed', stage = 'finished', error_code = $3, error_message = $4, updated_at = $5, finished_at = $5
     WHERE id = $1 AND attempts = $2 AND state = 'InProgress'`,
    [run.id, run.attempt, code, message, now],
  );
  return rowCount === 1;
}

/** Ends a run because someone asked for it, whoever holds it. A run that has ended stays as it is. */
export async function cancelRun(database: Database, runId: string, now: Date): Promise<void> {
  await inTransaction(database, async (transaction) => {
    await transaction.query(
      `UPDATE scanner.run
       SET state = 'Failed', stage = 'finished', error_code = 'cancelled', error_message = 'The scan was cancelled.',
           updated_at = $2, finished_at = $2
       WHERE id = $1 AND state = 'InProgress'`,
      [runId, now],
    );
    await notifyRunner(transaction, runId);
  });
}

/** What the engine tried and gave up on says more than what it leaves out by rule. */
const LEFT_OUT_BY_RULE = new Set(["unsupported-language", "test-code", "third-party", "minified", "binary"]);

function mostTelling(files: SkippedFile[]): SkippedFile[] {
  const byRule = Map.groupBy(files, (file) => LEFT_OUT_BY_RULE.has(file.reason));
  return [...(byRule.get(false) ?? []), ...(byRule.get(true) ?? [])].slice(0, MOST_SKIPPED_FILES);
}
