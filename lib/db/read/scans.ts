import { AppError } from "#lib/domain/errors.ts";
import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding-words.ts";
import type { Scan, ScanFilter, ScanPage, ScanRun, ScanSource, ScanWithRuns } from "#lib/domain/scan.ts";
import { database } from "../database.ts";

const WITH_AUTHOR =
  "SELECT r.*, s.source, p.user_name FROM scan_run r JOIN scan s ON s.name = r.scan_name LEFT JOIN person p ON p.id = r.created_by";

const SCANS = `SELECT s.name, s.source, s.created_at AS "createdAt", o.user_name AS owner
  FROM scan s LEFT JOIN person o ON o.id = s.owner_id`;
type ScanRow = { name: string; source: ScanSource; createdAt: Date; owner: string | null };

/** As many as a small line can show. */
const REVISIONS_IN_HISTORY = 20;

type RunRow = {
  id: string;
  scan_name: string;
  source: ScanSource;
  revision: number;
  state: ScanRun["state"];
  stage: string | null;
  done: string; // bigint
  total: string | null;
  failure: ScanRun["error"];
  counts: ScanRun["counts"];
  skipped_files: ScanRun["skippedFiles"];
  size_bytes: string | null;
  sha256: string | null;
  user_name: string | null;
  created_at: Date;
  finished_at: Date | null;
};

function toScanRun(row: RunRow): ScanRun {
  return {
    name: row.scan_name,
    source: row.source,
    runId: row.id,
    revision: row.revision,
    state: row.state,
    stage: row.stage,
    progress: { done: Number(row.done), total: row.total === null ? null : Number(row.total) },
    error: row.failure,
    counts: row.counts,
    skippedFiles: row.skipped_files,
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
    sha256: row.sha256,
    createdBy: row.user_name,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

/** Runs whose archive comes in one request, and has not since before `startedBefore`, with whose they are. */
export async function listUploadingRuns(startedBefore: Date): Promise<{ runId: string; userName: string }[]> {
  const { rows } = await database().pool.query<{ runId: string; userName: string }>(
    `SELECT r.id AS "runId", p.user_name AS "userName" FROM scan_run r JOIN person p ON p.id = r.created_by
     WHERE r.state = 'uploading' AND r.created_at < $1 AND NOT EXISTS (SELECT FROM upload u WHERE u.run_id = r.id)`,
    [startedBefore],
  );
  return rows;
}

/** One page of scans by name, each with its active findings by severity and its latest run. */
export async function listScans({ q, limit, cursor }: ScanFilter): Promise<ScanPage> {
  const { rows } = await database().pool.query<ScanRow>(
    `${SCANS} WHERE s.deleted_at IS NULL AND ($1::text IS NULL OR position(lower($1) IN lower(s.name)) > 0)
       AND ($2::text IS NULL OR s.name > $2) ORDER BY s.name LIMIT $3`,
    [q ?? null, cursor ?? null, limit + 1],
  );
  const items = await toScans(rows.slice(0, limit));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.name ?? null) : null };
}

/** The scans with the newest runs, newest first. */
export async function listRecentScans(limit: number): Promise<Scan[]> {
  const { rows } = await database().pool.query<ScanRow>(
    `${SCANS} JOIN (SELECT scan_name, max(created_at) AS at FROM scan_run GROUP BY 1) AS r ON r.scan_name = s.name
     WHERE s.deleted_at IS NULL ORDER BY r.at DESC, s.name LIMIT $1`,
    [limit],
  );
  return await toScans(rows);
}

/** One scan and all its runs, the newest first. Throws AppError not-found. */
export async function getScan(name: string): Promise<ScanWithRuns> {
  const found = await database().pool.query<ScanRow>(`${SCANS} WHERE s.deleted_at IS NULL AND s.name = $1`, [name]);
  const [scan] = await toScans(found.rows);
  if (!scan) throw new AppError("not-found", `There is no scan named ${name}.`);
  const { rows } = await database().pool.query<RunRow>(
    `${WITH_AUTHOR} WHERE r.scan_name = $1 ORDER BY r.revision DESC LIMIT 200`,
    [name],
  );
  return { ...scan, runs: rows.map(toScanRun) };
}

/** Throws AppError not-found, also when the run belongs to another scan. */
export async function getScanRun({ name, runId }: { name: string; runId: string }): Promise<ScanRun> {
  const { rows } = await database().pool.query<RunRow>(`${WITH_AUTHOR} WHERE r.scan_name = $1 AND r.id = $2::uuid`, [
    name,
    runId,
  ]);
  const row = rows[0];
  if (!row) throw new AppError("not-found", `The scan ${name} has no such run.`);
  return toScanRun(row);
}

/** Whether a later revision of the scan has a result already. */
export async function hasLaterResult({ name, revision }: { name: string; revision: number }): Promise<boolean> {
  const { rowCount } = await database().pool.query(
    "SELECT FROM scan_run WHERE scan_name = $1 AND revision > $2 AND state = 'succeeded' LIMIT 1",
    [name, revision],
  );
  return rowCount !== 0;
}

async function toScans(scans: ScanRow[]): Promise<Scan[]> {
  const names = scans.map(({ name }) => name);
  const { pool } = database();
  const [open, runs, revisions, results] = await Promise.all([
    pool.query<{ scan_name: string; severity: string; n: number }>(
      `SELECT scan_name, severity, count(*)::int AS n FROM finding
       WHERE account_id = $1 AND status = 'active' AND scan_name = ANY($2) GROUP BY 1, 2`,
      [INSTALLATION_ACCOUNT_ID, names],
    ),
    pool.query<RunRow>(
      `SELECT DISTINCT ON (latest.scan_name) latest.* FROM (${WITH_AUTHOR} WHERE r.scan_name = ANY($1)) AS latest
       ORDER BY latest.scan_name, latest.revision DESC`,
      [names],
    ),
    pool.query<{ scan_name: string; n: number }>(
      "SELECT scan_name, count(*)::int AS n FROM scan_run WHERE scan_name = ANY($1) GROUP BY 1",
      [names],
    ),
    pool.query<{ scan_name: string; revision: number; open: number }>(
      `SELECT scan_name, revision, open FROM (
         SELECT scan_name, revision, (counts->>'new')::int + (counts->>'unchanged')::int AS open,
           row_number() OVER (PARTITION BY scan_name ORDER BY revision DESC) AS place
         FROM scan_run WHERE scan_name = ANY($1) AND state = 'succeeded' AND counts IS NOT NULL
       ) AS r WHERE place <= $2 ORDER BY revision`,
      [names, REVISIONS_IN_HISTORY],
    ),
  ]);
  return scans.map(({ name, source, owner, createdAt }) => {
    const latest = runs.rows.find((row) => row.scan_name === name);
    return {
      name,
      source,
      owner,
      createdAt: createdAt.toISOString(),
      revisions: revisions.rows.find((row) => row.scan_name === name)?.n ?? 0,
      open: Object.fromEntries(open.rows.filter((row) => row.scan_name === name).map((row) => [row.severity, row.n])),
      latestRun: latest ? toScanRun(latest) : null,
      history: results.rows
        .filter((row) => row.scan_name === name)
        .map(({ revision, open: count }) => ({ revision, open: count })),
    };
  });
}
