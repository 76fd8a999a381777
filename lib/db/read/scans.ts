import { AppError } from "#lib/domain/errors.ts";
import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding.ts";
import type { Scan, ScanRun, ScanWithRuns } from "#lib/domain/scan.ts";
import { database } from "../database.ts";
import type { Prisma } from "../generated/client.ts";

const WITH_AUTHOR = "SELECT r.*, p.user_name FROM scan_run r LEFT JOIN person p ON p.id = r.created_by";

type RunRow = {
  id: string;
  scan_name: string;
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

/** Runs that have waited for their upload since before `startedBefore`, with whose they are. */
export async function listUploadingRuns(startedBefore: Date): Promise<{ runId: string; userName: string }[]> {
  const { rows } = await database().pool.query<{ runId: string; userName: string }>(
    `SELECT r.id AS "runId", p.user_name AS "userName" FROM scan_run r JOIN person p ON p.id = r.created_by
     WHERE r.state = 'uploading' AND r.created_at < $1`,
    [startedBefore],
  );
  return rows;
}

/** One page of scans by name, each with its active findings by severity and its latest run. */
export async function listScans({
  limit,
  cursor,
}: {
  limit: number;
  cursor?: string;
}): Promise<{ items: Scan[]; nextCursor: string | null }> {
  const { prisma } = database();
  const where: Prisma.ScanWhereInput = cursor === undefined ? {} : { name: { gt: cursor } };
  const rows = await prisma.scan.findMany({ where, orderBy: { name: "asc" }, take: limit + 1 });
  const items = await toScans(rows.slice(0, limit));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.name ?? null) : null };
}

/** The scans with the newest runs, newest first. */
export async function listRecentScans(limit: number): Promise<Scan[]> {
  const { rows } = await database().pool.query<{ name: string; createdAt: Date }>(
    `SELECT s.name, s.created_at AS "createdAt" FROM scan s JOIN scan_run r ON r.scan_name = s.name
     GROUP BY s.name ORDER BY max(r.created_at) DESC, s.name LIMIT $1`,
    [limit],
  );
  return await toScans(rows);
}

/** One scan and all its runs, the newest first. Throws AppError not-found. */
export async function getScan(name: string): Promise<ScanWithRuns> {
  const row = await database().prisma.scan.findUnique({ where: { name } });
  if (!row) throw new AppError("not-found", `There is no scan named ${name}.`);
  const [scan] = await toScans([row]);
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

async function toScans(scans: { name: string; createdAt: Date }[]): Promise<Scan[]> {
  const names = scans.map(({ name }) => name);
  const { pool } = database();
  const [open, runs, revisions] = await Promise.all([
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
  ]);
  return scans.map(({ name, createdAt }) => {
    const latest = runs.rows.find((row) => row.scan_name === name);
    return {
      name,
      createdAt: createdAt.toISOString(),
      revisions: revisions.rows.find((row) => row.scan_name === name)?.n ?? 0,
      open: Object.fromEntries(open.rows.filter((row) => row.scan_name === name).map((row) => [row.severity, row.n])),
      latestRun: latest ? toScanRun(latest) : null,
    };
  });
}
